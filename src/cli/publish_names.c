/*
 * publish_names.c - categories, brands and attributes as sorted lists
 *
 * A product names its category; the bundle gives it an index. Lists are sorted by bytes, so that
 * the same feed in another order gives the same lists, a name is found by halving, and a category
 * ("Garden") comes before those below it ("Garden > Tools").
 */
#include "cli/publish.h"

#include <stdlib.h>
#include <string.h>

int cli_text_compare(sotto_text a, sotto_text b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order ? order : a.size < b.size ? -1 : a.size > b.size;
}

static int compare_names(const void *a, const void *b)
{
    return cli_text_compare(*(const sotto_text *)a, *(const sotto_text *)b);
}

cli_names cli_names_sort(sotto_text *names, size_t count)
{
    cli_names list = {names, 0};
    if (count) {
        qsort(names, count, sizeof *names, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        bool fresh = list.count == 0 || cli_text_compare(names[list.count - 1], names[i]) != 0;
        if (names[i].size && fresh) {
            names[list.count++] = names[i];
        }
    }
    return list;
}

uint32_t cli_names_find(const cli_names *names, sotto_text name)
{
    if (!names->count || !name.size) {
        return SOTTO_NONE;
    }
    const sotto_text *found =
        bsearch(&name, names->names, names->count, sizeof *names->names, compare_names);
    return found ? (uint32_t)(found - names->names) : SOTTO_NONE;
}

sotto_text cli_category_above(sotto_text path)
{
    for (size_t size = path.size; size > 2; size--) {
        if (memcmp(path.bytes + size - 3, " > ", 3) == 0) {
            return (sotto_text){path.bytes, size - 3};
        }
    }
    return (sotto_text){path.bytes, 0};
}

/* How many levels a path has. */
static size_t level_count(sotto_text path)
{
    size_t levels = 0;
    for (; path.size; path = cli_category_above(path)) {
        levels++;
    }
    return levels;
}

cli_names cli_names_of_categories(cli_pool *pool, const cli_feed *feed)
{
    size_t room = 0;
    size_t count = 0;
    for (uint32_t i = 0; i < feed->count; i++) {
        room += level_count(feed->products[i].category);
    }
    sotto_text *names = cli_pool_alloc(pool, room + 1, sizeof *names);
    for (uint32_t i = 0; i < feed->count; i++) {
        sotto_text path = feed->products[i].category;
        for (; path.size; path = cli_category_above(path)) {
            names[count++] = path;
        }
    }
    return cli_names_sort(names, count);
}

cli_names cli_names_of_brands(cli_pool *pool, const cli_feed *feed)
{
    sotto_text *names = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *names);
    for (uint32_t i = 0; i < feed->count; i++) {
        names[i] = feed->products[i].brand;
    }
    return cli_names_sort(names, feed->count);
}

static int compare_values(const void *left, const void *right)
{
    const cli_value *a = left;
    const cli_value *b = right;
    if (a->attribute != b->attribute) {
        return a->attribute < b->attribute ? -1 : 1;
    }
    return cli_text_compare(a->text, b->text);
}

cli_values cli_values_of(cli_pool *pool, const cli_feed *feed, size_t attribute_count)
{
    size_t count = 0;
    cli_value *values =
        cli_pool_alloc(pool, (size_t)feed->count * attribute_count + 1, sizeof *values);
    for (uint32_t i = 0; i < feed->count; i++) {
        for (uint32_t j = 0; j < attribute_count; j++) {
            if (feed->products[i].values[j].size) {
                values[count++] = (cli_value){j, feed->products[i].values[j]};
            }
        }
    }
    if (count) {
        qsort(values, count, sizeof *values, compare_values);
    }
    cli_values list = {values, 0};
    for (size_t i = 0; i < count; i++) {
        if (list.count == 0 || compare_values(&values[list.count - 1], &values[i]) != 0) {
            values[list.count++] = values[i];
        }
    }
    return list;
}

uint32_t cli_values_find(const cli_values *values, cli_value value)
{
    const cli_value *found =
        bsearch(&value, values->values, values->count, sizeof value, compare_values);
    return found ? (uint32_t)(found - values->values) : SOTTO_NONE;
}
