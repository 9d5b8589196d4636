/*
 * Eval kinds - what sotto eval can ask, a command each
 *
 *     sotto eval SITE                 the next click, of the end of a shop's own logs
 *     sotto eval next-click ...       the next click, of test files
 *     sotto eval next-basket ...      the next basket, of test files
 *     sotto eval bought-together ...  the other items of a basket
 *     sotto eval cold-items ...       items that nobody has met yet
 *     sotto eval curve ...            quality against bytes
 *
 * To add one: write a cli_command in a file of its own and name it here and in cmd_eval.c.
 */
#ifndef SOTTO_CLI_EVAL_KINDS_H
#define SOTTO_CLI_EVAL_KINDS_H

#include "cli/args.h"

extern const cli_command cli_eval_next_click, cli_eval_next_basket, cli_eval_bought_together,
    cli_eval_cold_items, cli_eval_curve;

#endif
