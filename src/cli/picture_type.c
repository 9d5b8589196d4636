/*
 * picture_type.c - what a picture file is, by its first bytes
 *
 * PNG, JPEG, WebP and AVIF each begin with bytes of their own. An SVG is a text whose first element
 * is <svg>; before it there may be white space, a declaration, comments and a document type.
 */
#include "cli/picture_type.h"

#include <string.h>

static bool has_at(const uint8_t *bytes, size_t size, size_t at, const char *wanted,
                   size_t wanted_size)
{
    return size >= at + wanted_size && memcmp(bytes + at, wanted, wanted_size) == 0;
}

#define HAS_AT(at, wanted) has_at(bytes, size, at, wanted, sizeof(wanted) - 1)

/* A box of type ftyp whose major or one of whose compatible brands is AVIF's. */
static bool is_avif(const uint8_t *bytes, size_t size)
{
    if (!HAS_AT(4, "ftyp")) {
        return false;
    }
    size_t box = (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
    for (size_t at = 8; at + 4 <= box && at + 4 <= size; at += 4) {
        if (at != 12 && (HAS_AT(at, "avif") || HAS_AT(at, "avis"))) {
            return true;
        }
    }
    return false;
}

/* Past `end`, or the size if that does not come. */
static size_t skip_past(const uint8_t *bytes, size_t size, size_t at, const char *end,
                        size_t end_size)
{
    while (at < size && !has_at(bytes, size, at, end, end_size)) {
        at++;
    }
    return at < size ? at + end_size : size;
}

#define SKIP_PAST(end) skip_past(bytes, size, at, end, sizeof(end) - 1)

static bool is_svg(const uint8_t *bytes, size_t size)
{
    size_t at = HAS_AT(0, "\xEF\xBB\xBF") ? 3 : 0;
    while (at < size) {
        if (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')) {
            at++;
        } else if (HAS_AT(at, "<?")) {
            at = SKIP_PAST("?>");
        } else if (HAS_AT(at, "<!--")) {
            at = SKIP_PAST("-->");
        } else if (HAS_AT(at, "<!DOCTYPE")) {
            size_t subset = SKIP_PAST("[");
            size_t end = SKIP_PAST(">");
            at = subset < end ? subset : end;
            at = subset < end ? SKIP_PAST("]") : at;
            at = subset < end ? SKIP_PAST(">") : at;
        } else {
            return HAS_AT(at, "<svg") && size > at + 4 && strchr(" \t\r\n/>", bytes[at + 4]) != NULL
                && bytes[at + 4] != 0;
        }
    }
    return false;
}

bool cli_picture_type(const uint8_t *bytes, size_t size, sotto_picture_type *type)
{
    if (HAS_AT(0, "\x89PNG\r\n\x1A\n")) {
        *type = SOTTO_PNG;
    } else if (HAS_AT(0, "\xFF\xD8\xFF")) {
        *type = SOTTO_JPEG;
    } else if (HAS_AT(0, "RIFF") && HAS_AT(8, "WEBP")) {
        *type = SOTTO_WEBP;
    } else if (is_avif(bytes, size)) {
        *type = SOTTO_AVIF;
    } else if (is_svg(bytes, size)) {
        *type = SOTTO_SVG;
    } else {
        return false;
    }
    return true;
}
