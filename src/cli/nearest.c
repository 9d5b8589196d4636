/*
 * nearest.c - the valid name somebody probably meant
 *
 * A word is near a name if at most a third of the name's letters would have to change.
 */
#include "cli/nearest.h"

#include "train/values.h"

#include <stdio.h>
#include <string.h>

const char *cli_nearest(const char *word, const char *const *names, size_t name_count)
{
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < name_count; i++) {
        size_t length = strlen(names[i]);
        size_t limit = length < 3 ? 1 : (length + 2) / 3;
        size_t found = sotto_text_distance((sotto_text){word, strlen(word)},
                                           (sotto_text){names[i], length});
        if (found <= limit && found < best_distance && found < length) {
            best = names[i];
            best_distance = found;
        }
    }
    return best;
}

char *cli_nearest_list(char *text, size_t text_size, const char *const *names, size_t name_count)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < name_count; i++) {
        const char *joint = i == 0 ? "" : i + 1 == name_count ? " and " : ", ";
        int wanted = snprintf(text + used, text_size - used, "%s%s", joint, names[i]);
        if (wanted < 0 || used + (size_t)wanted + 5 > text_size) {
            snprintf(text + used, text_size - used, ", ...");
            break;
        }
        used += (size_t)wanted;
    }
    return text;
}
