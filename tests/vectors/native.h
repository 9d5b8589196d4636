/*
 * native.h - what run_native.c has open, and how it writes answers
 *
 * An answer is a line that begins with `>`, then come words, each after a space.
 */
#ifndef SOTTO_VECTORS_NATIVE_H
#define SOTTO_VECTORS_NATIVE_H

#include "decisions/moment.h"
#include "profile/shelf.h"

#include "words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

enum { PLACE_COUNT = 6, PART_COUNT = 5 };    /* manifest, four parts, profile */

/* The files of the bundle at hand: manifest, then by sotto_kind. */
typedef struct file {
    uint8_t *bytes;                /* malloc'ed; NULL if there is none */
    size_t   size;
} file;

static const char  *golden;
static file         files[PART_COUNT];
static sotto_bundle *bundle;
static sotto_ranker *ranker;
static void        *scratch;
static size_t       scratch_size;
static _Alignas(8) uint8_t block[SOTTO_PROFILE_SIZE];
static sotto_shelf   shelf;
static sotto_profile *profile;     /* the block, or NULL */

static const char *const kinds[] = {"manifest", "model", "catalogue", "campaigns", "ranker",
                                    "profile"};
static const char *const statuses[] = {
    "ok", "truncated", "not-sotto", "wrong-version", "wrong-kind", "damaged", "invalid",
    "oversized", "mismatch", "no-slot", "no-room",
};

static void fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    exit(1);
}

static void *room(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory) {
        fail("no memory");
    }
    return memory;
}

static void put_text(sotto_text text)
{
    words_put(stdout, text.bytes, text.size);
}

/* A text of the bundle; a dash where there is none. */
static void put_text_or_dash(sotto_text text)
{
    put_text(text.size > 0 ? text : (sotto_text){"-", 1});
}

static void put_number_or_dash(uint32_t value)
{
    if (value == UINT32_MAX) {
        printf(" -");
    } else {
        printf(" %" PRIu32, value);
    }
}

static void answer(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    printf("> ");
    vprintf(format, values);
    va_end(values);
    printf("\n");
}

static void put_item(uint64_t hash)
{
    uint32_t item = sotto_item_find_hash(bundle, hash);
    if (hash == 0) {
        printf(" -");
    } else if (item == SOTTO_NO_ITEM) {
        printf(" #%016" PRIx64, hash);
    } else {
        put_text(sotto_item_id(bundle, item));
    }
}

/* A category or brand by its key. */
static void put_name(uint64_t key, uint32_t count,
                     sotto_text (*name_of)(const sotto_bundle *, uint32_t))
{
    for (uint32_t i = 0; i < count; i++) {
        sotto_text name = name_of(bundle, i);
        if (sotto_hash(name.bytes, name.size) == key) {
            put_text(name);
            return;
        }
    }
    printf(" #%016" PRIx64, key);
}

static void put_category_key(uint64_t key)
{
    put_name(key, sotto_category_count(bundle), sotto_category_name);
}

static void put_brand_key(uint64_t key)
{
    put_name(key, sotto_brand_count(bundle), sotto_brand_name);
}

static uint32_t known(const words *all, size_t i)
{
    uint32_t item = sotto_item_find(bundle, all->word[i], all->size[i]);
    if (item == SOTTO_NO_ITEM) {
        fail("no such item: %s", all->word[i]);
    }
    return item;
}

static uint32_t number(const words *all, size_t i)
{
    return (uint32_t)strtoul(all->word[i], NULL, 10);
}

#endif
