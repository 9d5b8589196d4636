/*
 * main.c - the table of commands
 *
 * Every command is a file of its own, cmd_<name>.c. Exit status: 0 done, 1 refused, 2 misused.
 */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const cli_command *const commands[] = {
    &cli_train, &cli_publish, &cli_show,  &cli_check,  &cli_eval,
    &cli_replay, &cli_diff,   &cli_serve, &cli_keygen, &cli_version,
};

#define COMMAND_COUNT (SOTTO_ARRAY_COUNT(commands))

static void print_help(void)
{
    puts("sotto - personalises a shop inside the shopper's own browser\n"
         "\n"
         "Usage: sotto COMMAND [OPTIONS] ...\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        printf("  %-8s  %s\n", commands[i]->name, commands[i]->summary);
    }
    puts("\n"
         "sotto COMMAND --help says more; every command takes --json.\n"
         "Exit status: 0 done, 1 refused, 2 misused.\n"
         "\n"
         "From a log and a feed to a folder that any web server can serve:\n"
         "\n"
         "  sotto check site.json\n"
         "  sotto train site.json\n"
         "  sotto publish site.json -o public/sotto\n"
         "  sotto serve public");
}

static int unknown_command(const char *word)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    const char *near = cli_nearest(word, names, COMMAND_COUNT);
    cli_error("unknown command \"%s\"", word);
    if (near) {
        cli_hint("did you mean sotto %s?", near);
    } else {
        cli_hint("sotto --help lists the commands");
    }
    return CLI_MISUSED;
}

static const cli_command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        print_help();
        return CLI_MISUSED;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0
        || (strcmp(name, "help") == 0 && argc == 2)) {
        print_help();
        return CLI_DONE;
    }
    if (strcmp(name, "help") == 0) {
        const cli_command *command = find_command(argv[2]);
        return command ? (fputs(command->help, stdout), CLI_DONE) : unknown_command(argv[2]);
    }
    const cli_command *command = find_command(strcmp(name, "--version") == 0 ? "version" : name);
    return command ? command->run(command, argc - 2, argv + 2) : unknown_command(name);
}

int main(int argc, char **argv)
{
    cli_files_guard();
    int status = run(argc, argv);
    errno = 0;
    if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
        cli_error("standard output cannot be written%s%s", errno ? ": " : "",
                  errno ? strerror(errno) : "");
        return CLI_REFUSED;
    }
    return status;
}
