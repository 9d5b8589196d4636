/*
 * Where - the line on which a value of a JSON text stands
 */
#ifndef SOTTO_CLI_SITE_WHERE_H
#define SOTTO_CLI_SITE_WHERE_H

#include "cli/site_node.h"

/* The line of a node's key (of the value itself in a list), counted from 1. */
unsigned cli_where_node(const cli_node *node);

/* The line and column of an offset, counted from 1. */
void cli_where_offset(const char *text, size_t offset, unsigned *line, unsigned *column);

#endif
