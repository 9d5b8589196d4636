/*
 * consent.c - what a shop published about consent
 *
 * One record. Names of purposes are a list in one field, a zero byte after each:
 *
 *     | key 5 | size 11 | C 0 0 0 3 \0 a d s ... \0 |
 *
 * A field that is not there leaves the purpose to the names that the source usually has; one that
 * is there and empty says that nothing of the source allows it.
 */
#include "model/consent.h"

#include "base/fixed.h"
#include "format/part.h"
#include "format/record.h"

enum { SITE, RULE, SLOT, CONSENT, KNOWN };

/* The sections of all campaigns, so that none of them is an unknown one. */
static const sotto_part_shape part_shape = {
    SOTTO_CAMPAIGNS, KNOWN, CONSENT,
    {SOTTO_TAG('S', 'I', 'T', 'E'), SOTTO_TAG('R', 'U', 'L', 'E'), SOTTO_TAG('S', 'L', 'O', 'T'),
     SOTTO_TAG('c', 'n', 's', 't')},
};

static const sotto_field_shape shapes[SOTTO_CONSENT_KEYS] = {
    [SOTTO_CONSENT_SOURCE] = {1, 1, 1},
    [SOTTO_CONSENT_FLAGS] = {1, 1, 1},
    [SOTTO_CONSENT_POLICY] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_CONSENT_NAMES] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_CONSENT_NAMES + 1] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_CONSENT_NAMES + 2] = {1, 0, SOTTO_ANY_COUNT},
};

const char *sotto_consent_source_name(uint32_t source)
{
    static const char *const names[] = {
        [SOTTO_CONSENT_API] = "api",
        [SOTTO_CONSENT_TCF] = "tcf",
        [SOTTO_CONSENT_GOOGLE] = "google",
        [SOTTO_CONSENT_SHOPIFY] = "shopify",
        [SOTTO_CONSENT_ONETRUST] = "onetrust",
        [SOTTO_CONSENT_COOKIEBOT] = "cookiebot",
        [SOTTO_CONSENT_USERCENTRICS] = "usercentrics",
        [SOTTO_CONSENT_DIDOMI] = "didomi",
    };
    _Static_assert(SOTTO_ARRAY_COUNT(names) == SOTTO_CONSENT_LAST_SOURCE + 1, "sources");
    return source < SOTTO_ARRAY_COUNT(names) ? names[source] : NULL;
}

/* A number of one byte, 0 if there is none. */
static uint32_t read_number(sotto_reader *reader, const sotto_field_bytes *field, uint32_t most)
{
    uint32_t number = field->bytes != NULL ? *field->bytes : 0;
    if (number > most) {
        sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(field->bytes - reader->file),
                            "value out of range");
    }
    return number;
}

/* A list of names: the fault is at the first byte of the name that is too many or too long. */
static sotto_text read_names(sotto_reader *reader, const sotto_field_bytes *field)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < field->size;) {
        const uint8_t *name = field->bytes + at;
        uint32_t left = field->size - at;
        uint32_t size = 0;
        while (size < left && name[size] != 0) {
            size++;
        }
        if (size == left || size - 1 >= SOTTO_CONSENT_MAX_NAME_SIZE ||
            ++count > SOTTO_CONSENT_MAX_NAMES) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(name - reader->file),
                                "not a list of names");
            break;
        }
        at += size + 1;
    }
    return (sotto_text){(const char *)field->bytes, field->size};
}

static void read_consent(sotto_consent *consent, sotto_reader *reader)
{
    sotto_field_bytes fields[SOTTO_CONSENT_KEYS];
    const uint8_t *bytes = sotto_reader_take(reader, 0);
    sotto_record_check(reader, shapes, SOTTO_CONSENT_KEYS);
    if (reader->status != SOTTO_OK) {
        return;
    }
    sotto_record_read(bytes, reader->end - reader->start, SOTTO_CONSENT_KEYS, fields);
    consent->source = read_number(reader, &fields[SOTTO_CONSENT_SOURCE], SOTTO_CONSENT_LAST_SOURCE);
    consent->flags = read_number(reader, &fields[SOTTO_CONSENT_FLAGS], SOTTO_CONSENT_ALL_FLAGS);
    if (fields[SOTTO_CONSENT_POLICY].bytes != NULL) {
        consent->policy = (sotto_text){(const char *)fields[SOTTO_CONSENT_POLICY].bytes,
                                       fields[SOTTO_CONSENT_POLICY].size};
    }
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
        consent->names[i] = read_names(reader, &fields[SOTTO_CONSENT_NAMES + i]);
    }
}

sotto_status sotto_consent_open(sotto_consent *consent, const void *campaigns, size_t size,
                                sotto_fault *fault)
{
    sotto_part part;
    sotto_consent read = {.policy = {"", 0}};
    sotto_reader reader = sotto_reader_over(campaigns, 0, sotto_u32_saturate(size));
    sotto_part_open(&part, &part_shape, &reader);
    if (reader.status == SOTTO_OK && sotto_section_exists(&part.sections[CONSENT])) {
        sotto_reader_enter(&reader, &part.sections[CONSENT]);
        read_consent(&read, &reader);
    }
    if (reader.status == SOTTO_OK) {
        *consent = read;
    } else if (fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}
