/*
 * replay_events.c - what a recorded session says, line by line
 *
 *     {"time": "2026-03-01T10:00:00Z", "kind": "view", "item": "85123A"}
 *     {"time": 1772359210, "kind": "cart_add", "item": "85123A", "quantity": 2}
 *     {"stay": "20s"}
 *     {"ask": "product-similar", "items": ["85123A"]}
 *
 * A line without a time happens when the one before it did, or ended.
 */
#include "cli/replay_forms.h"

#include "base/base.h"
#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/report.h"
#include "train/values.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX_SIZE ((size_t)1 << 30)
#define KEYS_MAX 24

bool cli_replay_bad(const cli_replay_reader *reader, const char *format, ...)
{
    char what[256];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
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

/* ---- Which kind of line it is ---------------------------------------------------------------- */

static const cli_replay_form *find_form(const cJSON *json)
{
    for (size_t i = 0; i < cli_replay_form_count; i++) {
        if (cJSON_GetObjectItemCaseSensitive(json, cli_replay_forms[i].mark)) {
            return &cli_replay_forms[i];
        }
    }
    return NULL;
}

/* The keys a line of this form may have, into `keys`; of all forms if there is none. */
static size_t list_keys(const cli_replay_form *form, const char *keys[KEYS_MAX])
{
    size_t count = 0;
    keys[count++] = "time";
    keys[count++] = "shopper";
    for (size_t i = 0; form == NULL && i < cli_replay_form_count; i++) {
        keys[count++] = cli_replay_forms[i].mark;
    }
    if (form != NULL) {
        keys[count++] = form->mark;
        for (size_t i = 0; form->keys[i]; i++) {
            keys[count++] = form->keys[i];
        }
    }
    return count;
}

static bool check_keys(const cli_replay_reader *reader, const cJSON *json,
                       const cli_replay_form *form)
{
    const char *keys[KEYS_MAX];
    size_t key_count = list_keys(form, keys);
    for (const cJSON *member = json->child; member; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < key_count; i++) {
            known = known || strcmp(keys[i], member->string) == 0;
        }
        if (!known) {
            const char *near = cli_nearest(member->string, keys, key_count);
            cli_replay_bad(reader, form ? "unknown key \"%s\" beside \"%s\"" : "unknown key \"%s\"",
                           member->string, form ? form->mark : "");
            if (near) {
                cli_hint("did you mean \"%s\"?", near);
            }
            return false;
        }
    }
    return form
        || cli_replay_bad(reader, "\"kind\" is missing (an event) and so is \"ask\" (a slot)");
}

static bool read_time(cli_replay_reader *reader, const cJSON *json)
{
    const cJSON *time = cJSON_GetObjectItemCaseSensitive(json, "time");
    int64_t time_s = -1;
    if (!time) {
        return reader->has_time
            || cli_replay_bad(reader, "\"time\" is missing, and no line before had one");
    }
    if (cJSON_IsNumber(time) && time->valuedouble >= 0 && time->valuedouble <= UINT32_MAX) {
        time_s = (int64_t)time->valuedouble;
    } else if (cJSON_IsString(time)
               && !sotto_time_read_iso8601(
                   (sotto_text){time->valuestring, strlen(time->valuestring)}, &time_s)) {
        time_s = -1;
    }
    if (time_s < 0 || time_s > UINT32_MAX) {
        return cli_replay_bad(reader,
                              "\"time\" is neither seconds since 1970 nor a time as in ISO 8601");
    }
    reader->time_s = (uint32_t)time_s;
    reader->has_time = true;
    return true;
}

static bool read_shopper(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    const cJSON *shopper = cJSON_GetObjectItemCaseSensitive(json, "shopper");
    if (shopper && !cJSON_IsString(shopper)) {
        return cli_replay_bad(reader, "\"shopper\" is no text");
    }
    line->shopper = shopper ? cli_pool_copy(reader->pool, shopper->valuestring,
                                            strlen(shopper->valuestring))
                            : NULL;
    return true;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static bool read_object(cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    if (!cJSON_IsObject(json)) {
        return cli_replay_bad(reader, "no JSON object");
    }
    const cli_replay_form *form = find_form(json);
    if (!check_keys(reader, json, form) || !read_time(reader, json)
        || !read_shopper(reader, json, line)) {
        return false;
    }
    line->time_s = reader->time_s;
    line->what = form->what;
    if (!form->read(reader, json, line)) {
        return false;
    }
    if (line->what == CLI_REPLAY_WAIT || line->what == CLI_REPLAY_STAY) {
        if (line->amount > UINT32_MAX - reader->time_s) {
            return cli_replay_bad(reader, "ends after February 2106, when time ends here");
        }
        reader->time_s += line->amount;
    }
    return true;
}

cli_replay_turn cli_replay_next(cli_replay_reader *reader, cli_replay_line *line)
{
    while (*reader->next) {
        const char *text = reader->next;
        size_t size = strcspn(text, "\n");
        reader->next += size + (text[size] == '\n');
        reader->line++;
        size -= size > 0 && text[size - 1] == '\r';
        if (sotto_text_trim((sotto_text){text, size}).size == 0) {
            continue;
        }
        *line = (cli_replay_line){.file = reader->file, .line = reader->line, .page.touch = -1};
        if (sotto_json_zero_byte(text, size)) {
            cli_replay_bad(reader, "a zero byte in a text: \\u0000");
            return CLI_REPLAY_BAD;
        }
        cJSON *json = cJSON_ParseWithLength(text, size);
        bool good = read_object(reader, json, line);
        cJSON_Delete(json);
        return good ? CLI_REPLAY_LINE : CLI_REPLAY_BAD;
    }
    return CLI_REPLAY_END;
}
