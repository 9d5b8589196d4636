/*
 * wishes.c - what a model may cost, as train and eval are told on the command line
 */
#include "cli/wishes.h"

#include "cli/number.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_PER_ITEM 1000000.0

/* "28/item" or "16.5/item". */
static bool read_per_item(const char *text, double *bytes)
{
    char *end;
    *bytes = strtod(text, &end);
    return end != text && strcmp(end, "/item") == 0 && *bytes > 0 && *bytes <= LARGEST_PER_ITEM;
}

static bool apply_budget(const cli_command *command, const char *text, sotto_train_options *options)
{
    uint64_t size = 0;
    double per_item = 0;
    if (!cli_number_read_size(text, &size) && !read_per_item(text, &per_item)) {
        cli_misuse(command, "--budget takes a size such as 64KB, 1.5MB or 28/item, not \"%s\"",
                   text);
        return false;
    }
    options->budget = size;
    options->item_budget = per_item;
    return true;
}

static bool apply_effort(const cli_command *command, const char *text, sotto_train_options *options)
{
    static const char *const names[] = {"low", "normal", "high"};
    static const sotto_effort efforts[] = {SOTTO_EFFORT_LOW, SOTTO_EFFORT_NORMAL,
                                           SOTTO_EFFORT_HIGH};
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            options->effort = efforts[i];
            return true;
        }
    }
    cli_misuse(command, "--effort is low, normal or high, not \"%s\"", text);
    return false;
}

bool cli_wishes_apply(const cli_command *command, const cli_wishes *wishes,
                      sotto_train_options *options)
{
    options->seed = wishes->seed ? wishes->seed : options->seed;
    options->examples = wishes->examples;
    options->trees = wishes->trees;
    return (!wishes->budget || apply_budget(command, wishes->budget, options))
        && (!wishes->effort || apply_effort(command, wishes->effort, options));
}
