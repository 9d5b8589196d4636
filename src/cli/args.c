/*
 * args.c - options, strictly
 *
 * The usual forms, and only those: --name value, --name=value, -n value, -nvalue, and "--" after
 * which nothing is an option. Options and operands may mix. Every value is checked here, so that a
 * command sees only what it can use.
 */
#include "cli/args.h"

#include "cli/nearest.h"
#include "cli/number.h"
#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define OPTION_MAX 24

typedef struct arg_reader {
    const cli_command *command;
    const cli_option  *options;
    size_t             option_count;
    int                argc;
    char             **argv;
    int                next;
    bool               seen[OPTION_MAX];
    cli_pool          *pool;
} arg_reader;

int cli_misuse(const cli_command *command, const char *format, ...)
{
    char text[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    cli_error("%s: %s", command->name, text);
    cli_hint("sotto %s --help says how", command->name);
    return CLI_MISUSED;
}

static bool misuse(const arg_reader *reader, const char *sentence, const char *word)
{
    cli_misuse(reader->command, sentence, word);
    return false;
}

static bool unknown_option(const arg_reader *reader, const char *name, size_t size)
{
    char word[64];
    const char *names[OPTION_MAX + 1] = {"help"};
    snprintf(word, sizeof word, "%.*s", (int)size, name);
    for (size_t i = 0; i < reader->option_count; i++) {
        names[i + 1] = reader->options[i].name;
    }
    const char *near = cli_nearest(word, names, reader->option_count + 1);
    cli_error("%s: unknown option --%s", reader->command->name, word);
    if (near) {
        cli_hint("did you mean --%s?", near);
    } else {
        cli_hint("sotto %s --help lists the options", reader->command->name);
    }
    return false;
}

static bool store(arg_reader *reader, const cli_option *option, const char *value)
{
    switch (option->kind) {
    case CLI_TEXT:
        *(const char **)option->value = value;
        return true;
    case CLI_NUMBER:
        if (!cli_number_read(value, option->value)) {
            cli_misuse(reader->command, "--%s takes a whole number, not \"%s\"", option->name,
                       value);
            return false;
        }
        return true;
    case CLI_SIZE:
        if (!cli_number_read_size(value, option->value)) {
            cli_misuse(reader->command, "--%s takes a size such as 64KB or 1.5MB, not \"%s\"",
                       option->name, value);
            return false;
        }
        return true;
    case CLI_TEXTS: {
        cli_texts *list = option->value;
        if (!list->texts) {
            list->texts = cli_pool_alloc(reader->pool, (size_t)reader->argc, sizeof *list->texts);
        }
        list->texts[list->count++] = value;
        return true;
    }
    case CLI_SWITCH: break;
    }
    *(bool *)option->value = true;
    return true;
}

/* Takes the option's value, which stands behind it (`inside`) or as the next argument. */
static bool take(arg_reader *reader, const cli_option *option, const char *inside)
{
    size_t number = (size_t)(option - reader->options);
    if (reader->seen[number] && option->kind != CLI_TEXTS) {
        return misuse(reader, "--%s stands twice", option->name);
    }
    reader->seen[number] = true;
    if (option->kind == CLI_SWITCH) {
        return inside ? misuse(reader, "--%s takes no value", option->name)
                      : store(reader, option, NULL);
    }
    if (!inside) {
        if (reader->next >= reader->argc) {
            return misuse(reader, "--%s needs a value", option->name);
        }
        inside = reader->argv[reader->next++];
    }
    if (!inside[0]) {
        return misuse(reader, "--%s needs a value, not an empty one", option->name);
    }
    return store(reader, option, inside);
}

static bool take_long(arg_reader *reader, const char *name)
{
    size_t size = strcspn(name, "=");
    for (size_t i = 0; i < reader->option_count; i++) {
        const cli_option *option = &reader->options[i];
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0) {
            return take(reader, option, name[size] ? name + size + 1 : NULL);
        }
    }
    return unknown_option(reader, name, size);
}

static bool take_letter(arg_reader *reader, const char *letters)
{
    for (size_t i = 0; i < reader->option_count; i++) {
        const cli_option *option = &reader->options[i];
        if (option->letter && option->letter == letters[0]) {
            return take(reader, option, letters[1] ? letters + 1 : NULL);
        }
    }
    return misuse(reader, "unknown option -%s", letters);
}

static bool take_all(arg_reader *reader, cli_texts *operands)
{
    bool only_operands = false;
    while (reader->next < reader->argc) {
        const char *word = reader->argv[reader->next++];
        if (only_operands || word[0] != '-' || !word[1]) {
            operands->texts[operands->count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (word[1] == '-' ? !take_long(reader, word + 2)
                                  : !take_letter(reader, word + 1)) {
            return false;
        }
    }
    return true;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

cli_args_result cli_args_read(const cli_command *command, const cli_option *options,
                              size_t option_count, int argc, char **argv, cli_pool *pool,
                              size_t least, size_t most, cli_texts *operands)
{
    if (asks_for_help(argc, argv)) {
        fputs(command->help, stdout);
        return CLI_ARGS_HELPED;
    }
    arg_reader reader = {command, options, option_count, argc, argv, 0, {false}, pool};
    operands->texts = cli_pool_alloc(pool, (size_t)argc + 1, sizeof *operands->texts);
    operands->count = 0;
    if (!take_all(&reader, operands)) {
        return CLI_ARGS_MISUSED;
    }
    if (operands->count < least) {
        misuse(&reader, "%s is missing", command->operand);
        return CLI_ARGS_MISUSED;
    }
    if (operands->count > most) {
        misuse(&reader, "\"%s\" is one too many", operands->texts[most]);
        return CLI_ARGS_MISUSED;
    }
    return CLI_ARGS_GO_ON;
}

int cli_args_status(cli_args_result result)
{
    return result == CLI_ARGS_HELPED ? CLI_DONE : CLI_MISUSED;
}
