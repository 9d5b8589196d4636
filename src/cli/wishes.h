/*
 * Wishes - what a model may cost, as train and eval are told on the command line
 *
 *     --budget 1MB        bytes of the model besides the shop's own ids
 *     --budget 28/item    the same for each item
 *     --effort high       how much work tuning may be
 *     --seed 7            of all chance
 */
#ifndef SOTTO_CLI_WISHES_H
#define SOTTO_CLI_WISHES_H

#include "cli/args.h"
#include "train/train.h"

typedef struct cli_wishes {
    const char *budget, *effort; /* NULL: as the options have it */
    uint64_t    seed;            /* 0: the same */
    const char *examples, *trees; /* files; NULL: none */
} cli_wishes;

/* For those who would order candidates by trees of another program's: what it learns from, and what
 * it made of that. */
#define CLI_TREE_OPTIONS(wishes)                                                              \
    {"examples", 0, CLI_TEXT, &(wishes)->examples}, {"trees", 0, CLI_TEXT, &(wishes)->trees}

#define CLI_WISH_OPTIONS(wishes)                                                              \
    {"budget", 0, CLI_TEXT, &(wishes)->budget}, {"effort", 0, CLI_TEXT, &(wishes)->effort},   \
        {"seed", 0, CLI_NUMBER, &(wishes)->seed}

/* Puts the wishes over the options. False, having said so, if one is no such thing. */
bool cli_wishes_apply(const cli_command *command, const cli_wishes *wishes,
                      sotto_train_options *options);

#endif
