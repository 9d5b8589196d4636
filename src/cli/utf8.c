/*
 * utf8.c - telling text from bytes
 */
#include "cli/utf8.h"

#include <stdbool.h>

/* The size of the character at the start, 0 if it is malformed. */
static size_t character_size(const unsigned char *at, size_t size)
{
    if (*at < 0x80) {
        return 1;
    }
    size_t wanted = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
    if (*at < 0xC2 || *at > 0xF4 || size < wanted) {
        return 0;
    }
    unsigned char low = *at == 0xE0 ? 0xA0 : *at == 0xF0 ? 0x90 : 0x80;
    unsigned char high = *at == 0xED ? 0x9F : *at == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < wanted; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return wanted;
}

size_t cli_utf8_prefix(const char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        size_t step = character_size((const unsigned char *)bytes + done, size - done);
        if (step == 0) {
            break;
        }
        done += step;
    }
    return done;
}

/* U+0000 to U+001F, and U+007F to U+009F, which take two bytes from U+0080 on. */
static bool is_control(const unsigned char *at)
{
    return *at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] < 0xA0);
}

void cli_utf8_print(FILE *to, const char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const unsigned char *at = (const unsigned char *)bytes + done;
        size_t step = character_size(at, size - done);
        if (step == 0 || is_control(at)) {
            putc('?', to);
        } else {
            fwrite(at, 1, step, to);
        }
        done += step ? step : 1;
    }
}
