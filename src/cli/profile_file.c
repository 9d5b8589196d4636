/*
 * profile_file.c - a shopper's export, as bytes
 *
 * What sotto.profile.export() gives is JSON for people, with the blocks themselves beside it:
 *
 *     { "format": "sotto-profile", "version": 1, ..., "block": "U09U...", "ledger": "U09U..." }
 *
 * Only these four are read, as a page does that imports it (web/later/portable.js). A shopper who sends
 * theirs can so be replayed. Anything else is taken for the bytes of a profile.
 */
#include "cli/profile_file.h"

#include "cli/files.h"
#include "cli/report.h"
#include "sotto.h"

#include <cjson/cJSON.h>
#include <sodium.h>
#include <string.h>

#define FILE_LIMIT ((size_t)1 << 20)
#define VERSION    1

static bool is_text(const cJSON *json, const char *name, const char *wanted)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(json, name);
    return cJSON_IsString(member) && strcmp(member->valuestring, wanted) == 0;
}

/* A block of exactly `size` bytes, from base64; false if there is none. */
static bool block_of(const cJSON *json, const char *name, uint8_t *bytes, size_t size)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(json, name);
    size_t got = 0;
    return cJSON_IsString(member)
        && sodium_base642bin(bytes, size, member->valuestring, strlen(member->valuestring), NULL,
                             &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0
        && got == size;
}

static const uint8_t *read_export(cli_pool *pool, const char *file, const cJSON *json,
                                  size_t *size)
{
    const size_t ledger_at = SOTTO_PROFILE_SIZE + SOTTO_SHELF_SIZE;
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(json, "version");
    uint8_t *bytes = cli_pool_alloc(pool, 1, ledger_at + SOTTO_LEDGER_SIZE);
    if (!is_text(json, "format", "sotto-profile") || !cJSON_IsNumber(version)
        || version->valueint != VERSION
        || !block_of(json, "block", bytes, SOTTO_PROFILE_SIZE)) {
        cli_error("%s: no profile that a page exported", file);
        cli_hint("JSON.stringify(await sotto.profile.export()) is one");
        return NULL;
    }
    bool has_ledger = block_of(json, "ledger", bytes + ledger_at, SOTTO_LEDGER_SIZE);
    if (!has_ledger && !is_text(json, "ledger", "")) {
        cli_error("%s: \"ledger\" is not %u bytes in base64", file, SOTTO_LEDGER_SIZE);
        return NULL;
    }
    *size = has_ledger ? ledger_at + SOTTO_LEDGER_SIZE : SOTTO_PROFILE_SIZE;
    return bytes;
}

const uint8_t *cli_profile_file_read(cli_pool *pool, const char *file, size_t *size)
{
    const uint8_t *bytes = cli_file_read(pool, file, FILE_LIMIT, size);
    if (!bytes || *size == 0 || bytes[0] != '{') {
        return bytes;
    }
    cJSON *json = cJSON_ParseWithLength((const char *)bytes, *size);
    const uint8_t *found = read_export(pool, file, json, size);
    cJSON_Delete(json);
    return found;
}
