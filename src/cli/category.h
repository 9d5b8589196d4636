/*
 * Category - one way of writing a category's path
 */
#ifndef SOTTO_CLI_CATEGORY_H
#define SOTTO_CLI_CATEGORY_H

#include "cli/pool.h"

/* "Garden>Tools " as "Garden > Tools": levels without blanks around them, empty levels left out. */
sotto_text cli_category_path(cli_pool *pool, sotto_text text);

#endif
