/*
 * Nearest - the valid name somebody probably meant
 */
#ifndef SOTTO_CLI_NEAREST_H
#define SOTTO_CLI_NEAREST_H

#include <stddef.h>

/*
 * The name with the fewest letters inserted, left out, exchanged or swapped with their neighbour;
 * NULL if none is near (more than a third of the letters would have to change).
 */
const char *cli_nearest(const char *word, const char *const *names, size_t name_count);

/* "a, b and c" or as much of it as fits, into `text`. Returns `text`. */
char *cli_nearest_list(char *text, size_t text_size, const char *const *names, size_t name_count);

#endif
