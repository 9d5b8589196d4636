/*
 * replay_events.c - what a recorded session says, line by line
 *
 *     {"time": "2026-03-01T10:00:00Z", "kind": "view", "item": "85123A"}
 *     {"time": 1772359210, "kind": "cart_add", "item": "85123A", "quantity": 2}
 *     {"ask": "product-similar", "items": ["85123A"]}
 *
 * A line without a time happens when the one before it did.
 */
#include "cli/replay_events.h"

#include "base/base.h"
#include "cli/category.h"
#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/report.h"
#include "train/values.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#define FILE_MAX_SIZE ((size_t)1 << 30)

static bool bad(const cli_replay_reader *reader, const char *what)
{
    return cli_error("%s:%u: %s", reader->file, reader->line, what);
}

bool cli_replay_start(cli_pool *pool, const char *file, cli_replay_reader *reader)
{
    size_t size;
    const uint8_t *text = cli_file_read(pool, file, FILE_MAX_SIZE, &size);
    *reader = (cli_replay_reader){.pool = pool, .file = file, .next = (const char *)text};
    if (text && strlen(reader->next) < size) {
        return cli_error("%s: a zero byte, at byte %zu: this is no text", file,
                         strlen(reader->next));
    }
    return text != NULL;
}

static bool check_keys(const cli_replay_reader *reader, const cJSON *json)
{
    static const char *const keys[] = {"time", "kind", "item", "category", "quantity", "ask",
                                       "items", "cart"};
    const size_t key_count = SOTTO_ARRAY_COUNT(keys);
    for (const cJSON *member = json->child; member; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < key_count; i++) {
            known = known || strcmp(keys[i], member->string) == 0;
        }
        if (!known) {
            const char *near = cli_nearest(member->string, keys, key_count);
            cli_error("%s:%u: unknown key \"%s\"", reader->file, reader->line, member->string);
            if (near) {
                cli_hint("did you mean \"%s\"?", near);
            }
            return false;
        }
    }
    return true;
}

static bool read_time(cli_replay_reader *reader, const cJSON *json)
{
    const cJSON *time = cJSON_GetObjectItemCaseSensitive(json, "time");
    int64_t time_s = -1;
    if (!time) {
        return reader->has_time || bad(reader, "\"time\" is missing, and no line before had one");
    }
    if (cJSON_IsNumber(time) && time->valuedouble >= 0 && time->valuedouble <= UINT32_MAX) {
        time_s = (int64_t)time->valuedouble;
    } else if (cJSON_IsString(time)
               && !sotto_time_read_iso8601(
                   (sotto_text){time->valuestring, strlen(time->valuestring)}, &time_s)) {
        time_s = -1;
    }
    if (time_s < 0 || time_s > UINT32_MAX) {
        return bad(reader, "\"time\" is neither seconds since 1970 nor a time as in ISO 8601");
    }
    reader->time_s = (uint32_t)time_s;
    reader->has_time = true;
    return true;
}

static bool read_list(cli_replay_reader *reader, const cJSON *json, const char *key,
                      const char **items, uint32_t *count)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, key);
    const cJSON *element;
    *count = 0;
    if (list && !cJSON_IsArray(list)) {
        return cli_error("%s:%u: \"%s\" is no list of ids", reader->file, reader->line, key);
    }
    cJSON_ArrayForEach(element, list) {
        if (!cJSON_IsString(element) || *count == CLI_REPLAY_ITEMS_MAX) {
            return cli_error("%s:%u: \"%s\" is no list of at most %d ids", reader->file,
                             reader->line, key, CLI_REPLAY_ITEMS_MAX);
        }
        items[(*count)++] = cli_pool_copy(reader->pool, element->valuestring,
                                          strlen(element->valuestring));
    }
    return true;
}

static bool read_kind(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(json, "kind");
    if (!cJSON_IsString(kind)) {
        return bad(reader, "\"kind\" is missing (an event) and so is \"ask\" (a slot)");
    }
    line->kind = sotto_event_find(kind->valuestring, strlen(kind->valuestring));
    if (line->kind) {
        return true;
    }
    const char *names[SOTTO_DISMISS];
    for (int i = 0; i < SOTTO_DISMISS; i++) {
        names[i] = sotto_event_name((sotto_event_kind)(i + 1));
    }
    const char *near = cli_nearest(kind->valuestring, names, SOTTO_DISMISS);
    cli_error("%s:%u: no kind of event is called \"%s\"", reader->file, reader->line,
              kind->valuestring);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    }
    return false;
}

static bool read_event(cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    bool is_category = false;
    if (!read_kind(reader, json, line)) {
        return false;
    }
    is_category = line->kind == SOTTO_CATEGORY_VIEW;
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, is_category ? "category" : "item");
    if (item && !cJSON_IsString(item)) {
        return bad(reader, is_category ? "\"category\" is no text" : "\"item\" is no text");
    }
    if (item && is_category) {
        sotto_text text = {item->valuestring, strlen(item->valuestring)};
        line->item = cli_category_path(reader->pool, text).bytes;
    } else if (item) {
        line->item = cli_pool_copy(reader->pool, item->valuestring, strlen(item->valuestring));
    }
    const cJSON *quantity = cJSON_GetObjectItemCaseSensitive(json, "quantity");
    double value = quantity ? quantity->valuedouble : 0;
    if (quantity && (!cJSON_IsNumber(quantity) || value < 0 || value > 65535
                     || floor(value) < value)) {
        return bad(reader, "\"quantity\" is no whole number from 0 to 65535");
    }
    line->quantity = (uint32_t)value;
    return true;
}

static bool read_ask(cli_replay_reader *reader, const cJSON *json, const cJSON *ask,
                     cli_replay_line *line)
{
    if (!cJSON_IsString(ask)) {
        return bad(reader, "\"ask\" is no slot's name");
    }
    line->ask = cli_pool_copy(reader->pool, ask->valuestring, strlen(ask->valuestring));
    line->cart_given = cJSON_HasObjectItem(json, "cart");
    return read_list(reader, json, "items", line->items, &line->item_count)
        && read_list(reader, json, "cart", line->cart, &line->cart_count);
}

static bool read_line(cli_replay_reader *reader, const char *text, size_t size,
                      cli_replay_line *line)
{
    cJSON *json = cJSON_ParseWithLength(text, size);
    bool good = false;
    *line = (cli_replay_line){.file = reader->file, .line = reader->line};
    if (!cJSON_IsObject(json)) {
        bad(reader, "no JSON object");
    } else if (check_keys(reader, json) && read_time(reader, json)) {
        const cJSON *ask = cJSON_GetObjectItemCaseSensitive(json, "ask");
        line->time_s = reader->time_s;
        good = ask ? read_ask(reader, json, ask, line) : read_event(reader, json, line);
    }
    cJSON_Delete(json);
    return good;
}

cli_replay_turn cli_replay_next(cli_replay_reader *reader, cli_replay_line *line)
{
    while (*reader->next) {
        const char *text = reader->next;
        size_t size = strcspn(text, "\n");
        reader->next += size + (text[size] == '\n');
        reader->line++;
        if (sotto_text_trim((sotto_text){text, size}).size == 0) {
            continue;
        }
        return read_line(reader, text, size, line) ? CLI_REPLAY_LINE : CLI_REPLAY_BAD;
    }
    return CLI_REPLAY_END;
}
