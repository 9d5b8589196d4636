/*
 * basket_files.c - what shoppers bought, as the JSON of the next-basket literature
 *
 * The files are public benchmarks, but they come from somewhere: each value is looked at before it
 * is believed, and a mistake is named with the shopper it was found at.
 */
#include "cli/basket_files.h"

#include "base/base.h"
#include "cli/files.h"
#include "cli/report.h"
#include "cli/site_where.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT  (512u << 20)
#define SHOPPER_MAX 16777216u

static bool out_of_memory(const char *path)
{
    return cli_error("%s: there is not enough memory for it", path);
}

/* A whole file that is one JSON object; cJSON_Delete frees it. NULL, having said why. */
static cJSON *read_object(cli_pool *pool, const char *path)
{
    size_t size;
    const char *text = (const char *)cli_file_read(pool, path, FILE_LIMIT, &size);
    if (!text) {
        return NULL;
    }
    const char *end = text;
    cJSON *json = cJSON_ParseWithLengthOpts(text, size + 1, &end, true);
    if (!json) {
        unsigned line, column;
        cli_where_offset(text, (size_t)(end - text), &line, &column);
        cli_error("%s:%u: column %u: %s", path, line, column,
                  (size_t)(end - text) < size ? "not JSON from here on"
                                              : "not JSON: the file ends too early");
    } else if (!cJSON_IsObject(json)) {
        cli_error("%s: expected an object, { ... }", path);
        cJSON_Delete(json);
        json = NULL;
    }
    return json;
}

/* ---- baskets --------------------------------------------------------------------------------- */

/* Whether it is an item, whose text goes into `text`; `*left_out` says that it marks an end. */
static bool item_text(const cJSON *item, char *text, size_t room, bool *left_out)
{
    *left_out = false;
    if (cJSON_IsString(item)) {
        size_t size = strlen(item->valuestring);
        snprintf(text, room, "%s", item->valuestring);
        return size > 0 && size < room;
    }
    double number = cJSON_IsNumber(item) ? item->valuedouble : 0.5;
    if (!(number > -9e15 && number < 9e15) || (double)(long long)number != number) {
        return false;
    }
    *left_out = number < 0;
    snprintf(text, room, "%lld", (long long)number);
    return true;
}

/* Adds a basket, unless it only marks an end. */
static bool add_basket(cli_basket_files *files, const char *path, const char *shopper,
                       const cJSON *basket)
{
    char text[SOTTO_MAX_ID_SIZE + 1];
    bool left_out, opened = false;
    if (!cJSON_IsArray(basket)) {
        return cli_error("%s: shopper \"%s\": expected a list of baskets, [[1, 2], [3]]", path,
                         shopper);
    }
    const cJSON *item;
    cJSON_ArrayForEach(item, basket)
    {
        if (!item_text(item, text, sizeof text, &left_out)) {
            return cli_error("%s: shopper \"%s\": an item is not a whole number or a text of 1 to "
                             "%d bytes", path, shopper, SOTTO_MAX_ID_SIZE);
        }
        if (left_out) {
            continue;
        }
        uint32_t number;
        if ((!opened && !sotto_basket_log_basket(&files->log, 0))
            || !sotto_intern_add(&files->items, (sotto_text){text, strlen(text)}, &number)
            || !sotto_basket_log_item(&files->log, number)) {
            return out_of_memory(path);
        }
        opened = true;
    }
    return true;
}

static bool add_baskets(cli_basket_files *files, const char *path, const cJSON *baskets)
{
    if (!cJSON_IsArray(baskets)) {
        return cli_error("%s: shopper \"%s\": expected a list of baskets, [[1, 2], [3]]", path,
                         baskets->string);
    }
    const cJSON *basket;
    cJSON_ArrayForEach(basket, baskets)
    {
        if (!add_basket(files, path, baskets->string, basket)) {
            return false;
        }
    }
    return true;
}

/* Adds a shopper, who must be new. */
static bool add_shopper(cli_basket_files *files, const char *path, const char *name,
                        cli_basket_part part)
{
    uint32_t number, known = files->shoppers.count;
    if (known % 4096 == 0) {
        uint8_t *parts = realloc(files->parts, known + (size_t)4096);
        if (!parts) {
            return out_of_memory(path);
        }
        files->parts = parts;
    }
    if (!sotto_intern_add(&files->shoppers, (sotto_text){name, strlen(name)}, &number)
        || (number == known && !sotto_basket_log_shopper(&files->log))) {
        return out_of_memory(path);
    }
    if (number != known) {
        return cli_error("%s: shopper \"%s\" is there twice", path, name);
    }
    if (known >= SHOPPER_MAX) {
        return cli_error("%s: there are more than %u shoppers", path, SHOPPER_MAX);
    }
    files->parts[number] = (uint8_t)part;
    return true;
}

/* ---- the two kinds of files ------------------------------------------------------------------ */

/* A shopper's baskets in the other file: the next ones as a rule, for the order is the same. */
static const cJSON *find_future(const cJSON *future, const cJSON *hint, const char *shopper)
{
    return hint && hint->string && strcmp(hint->string, shopper) == 0
               ? hint : cJSON_GetObjectItemCaseSensitive(future, shopper);
}

/* A future of several baskets is asked for its first. */
static bool add_future(cli_basket_files *files, const char *path, const char *shopper,
                       const cJSON *baskets)
{
    uint32_t before = files->log.basket_count;
    const cJSON *basket;
    if (!cJSON_IsArray(baskets)) {
        return cli_error("%s: shopper \"%s\": expected a list of baskets, [[1, 2], [3]]", path,
                         shopper);
    }
    cJSON_ArrayForEach(basket, baskets)
    {
        if (files->log.basket_count == before && !add_basket(files, path, shopper, basket)) {
            return false;
        }
    }
    if (files->log.basket_count == before) { /* nothing to ask for */
        return sotto_basket_log_basket(&files->log, 0) || out_of_memory(path);
    }
    return true;
}

bool cli_basket_read_history(cli_basket_files *files, cli_pool *pool, const char *history,
                             const char *future)
{
    cJSON *before = read_object(pool, history);
    cJSON *after = before ? read_object(pool, future) : NULL;
    bool good = before && after;
    const cJSON *hint = after ? after->child : NULL, *baskets;
    cJSON_ArrayForEach(baskets, before)
    {
        const cJSON *next = good ? find_future(after, hint, baskets->string) : NULL;
        hint = next ? next->next : hint;
        if (good && !next) {
            good = cli_error("%s: shopper \"%s\" of %s is not there", future, baskets->string,
                             history);
        }
        good = good && add_shopper(files, history, baskets->string, CLI_PART_NONE)
               && add_baskets(files, history, baskets)
               && add_future(files, future, baskets->string, next);
    }
    if (good && files->log.item_count == 0) {
        good = cli_error("%s: there is nothing in any basket", history);
    }
    cJSON_Delete(before);
    cJSON_Delete(after);
    return good;
}

static bool read_keys(cli_basket_files *files, const char *path, const cJSON *keyset,
                      const char *name, cli_basket_part part)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(keyset, name), *key;
    if (!cJSON_IsArray(list)) {
        return cli_error("%s: expected \"%s\", a list of shoppers", path, name);
    }
    cJSON_ArrayForEach(key, list)
    {
        char text[SOTTO_MAX_ID_SIZE + 1];
        bool left_out;
        if (!item_text(key, text, sizeof text, &left_out)) {
            return cli_error("%s: a shopper in \"%s\" is not a text or a whole number", path, name);
        }
        uint32_t shopper = sotto_intern_find(&files->shoppers, (sotto_text){text, strlen(text)});
        if (shopper == SOTTO_NO_ITEM) {
            return cli_error("%s: shopper \"%s\" in \"%s\" has no baskets", path, text, name);
        }
        if (files->parts[shopper] != CLI_PART_NONE) {
            return cli_error("%s: shopper \"%s\" in \"%s\" is there twice", path, text, name);
        }
        files->parts[shopper] = (uint8_t)part;
    }
    return true;
}

bool cli_basket_read_keyset(cli_basket_files *files, cli_pool *pool, const char *keyset)
{
    cJSON *json = read_object(pool, keyset);
    memset(files->parts, CLI_PART_NONE, files->shoppers.count);
    bool good = json && read_keys(files, keyset, json, "train", CLI_PART_TRAIN)
                && read_keys(files, keyset, json, "val", CLI_PART_VALIDATE)
                && read_keys(files, keyset, json, "test", CLI_PART_TEST);
    cJSON_Delete(json);
    return good;
}

bool cli_basket_read_split(cli_basket_files *files, cli_pool *pool, const char *baskets)
{
    static const struct {
        const char     *name;
        cli_basket_part part;
    } parts[] = {
        {"train", CLI_PART_TRAIN}, {"validate", CLI_PART_VALIDATE}, {"test", CLI_PART_TEST},
    };
    cJSON *json = read_object(pool, baskets);
    bool good = json != NULL;
    for (size_t i = 0; good && i < SOTTO_ARRAY_COUNT(parts); i++) {
        const cJSON *shoppers = cJSON_GetObjectItemCaseSensitive(json, parts[i].name), *shopper;
        if (!cJSON_IsObject(shoppers)) {
            good = cli_error("%s: expected \"%s\", baskets by shopper", baskets, parts[i].name);
            break;
        }
        cJSON_ArrayForEach(shopper, shoppers)
        {
            good = good && add_shopper(files, baskets, shopper->string, parts[i].part)
                   && add_baskets(files, baskets, shopper);
        }
    }
    if (good && files->log.item_count == 0) {
        good = cli_error("%s: there is nothing in any basket", baskets);
    }
    cJSON_Delete(json);
    return good;
}

void cli_basket_files_free(cli_basket_files *files)
{
    sotto_basket_log_free(&files->log);
    sotto_intern_free(&files->shoppers);
    sotto_intern_free(&files->items);
    free(files->parts);
    memset(files, 0, sizeof *files);
}
