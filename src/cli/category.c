/*
 * category.c - one way of writing a category's path
 *
 * A category's key is the hash of its path, so feed, logs and site file must agree to the byte.
 */
#include "cli/category.h"

#include "train/values.h"

#include <string.h>

sotto_text cli_category_path(cli_pool *pool, sotto_text text)
{
    /* A level may grow by the two blanks around each ">". */
    char *path = cli_pool_alloc(pool, 3 * text.size + 1, 1);
    size_t size = 0;
    while (text.size) {
        const char *mark = memchr(text.bytes, '>', text.size);
        size_t level_size = mark ? (size_t)(mark - text.bytes) : text.size;
        sotto_text level = sotto_text_trim((sotto_text){text.bytes, level_size});
        if (level.size) {
            memcpy(path + size, " > ", size ? 3 : 0);
            size += size ? 3 : 0;
            memcpy(path + size, level.bytes, level.size);
            size += level.size;
        }
        size_t passed = level_size + (mark ? 1 : 0);
        text.bytes += passed;
        text.size -= passed;
    }
    return (sotto_text){path, size};
}
