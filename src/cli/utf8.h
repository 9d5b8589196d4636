/*
 * UTF-8 - telling text from bytes
 */
#ifndef SOTTO_CLI_UTF8_H
#define SOTTO_CLI_UTF8_H

#include <stddef.h>
#include <stdio.h>

/* How many bytes from the start are valid UTF-8: all of them if the text is. */
size_t cli_utf8_prefix(const char *bytes, size_t size);

/*
 * Writes a text of unknown origin for people: what is not UTF-8, and what could move a terminal's
 * cursor or forge a line, becomes "?".
 */
void cli_utf8_print(FILE *to, const char *bytes, size_t size);

#endif
