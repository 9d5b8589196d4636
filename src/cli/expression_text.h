/*
 * Expression text - a program, back in words
 *
 * What a shop wrote in its site file, as docs/EXPRESSIONS.md has it, with no more parentheses than it
 * takes to read it right.
 *
 * trust     The plan is open, and so its programs are sound; they may still be no compiler's.
 */
#ifndef SOTTO_CLI_EXPRESSION_TEXT_H
#define SOTTO_CLI_EXPRESSION_TEXT_H

#include "cli/pool.h"
#include "model/plan.h"

/*
 * The text is the pool's; NULL if no text compiles to the program. `bundle` is the one the plan was
 * opened in: its catalogue tells the names of categories, brands and items. One that it does not have is
 * written by its hash, as in `category: #d5ba4b26a0d611a7`.
 */
const char *cli_expression_text(cli_pool *pool, const sotto_plan *plan, const sotto_bundle *bundle,
                                sotto_program program);

#endif
