/*
 * bytes.c - the cursor's two readers
 *
 * A varint holds seven bits a byte, the lowest first; the top bit of a byte says that another
 * follows:
 *
 *     300  =  10 0101100   ->   1 0101100   0 0000010
 *                               more, low   last, high
 *
 * There is exactly one way to write a number, so that the same content is always the same bytes:
 * a last byte of zero would be a longer form and is refused, as is what does not fit in 32 bits.
 */
#include "base/bytes.h"

const uint8_t *sotto_cursor_take(sotto_cursor *cursor, size_t size)
{
    if (size > sotto_cursor_left(cursor)) {
        cursor->next = cursor->end;
        cursor->failed = true;
        return NULL;
    }
    const uint8_t *taken = cursor->next;
    cursor->next += size;
    return taken;
}

uint32_t sotto_cursor_varint(sotto_cursor *cursor)
{
    uint32_t value = 0;
    for (uint32_t shift = 0; shift <= 28; shift += 7) {
        const uint8_t *at = sotto_cursor_take(cursor, 1);
        if (at == NULL) {
            return 0;
        }
        uint32_t low = *at & 0x7Fu;
        if (shift == 28 && *at > 0x0F) {
            break;
        }
        value |= low << shift;
        if (*at < 0x80) {
            if (low == 0 && shift != 0) {
                break;
            }
            return value;
        }
    }
    cursor->next = cursor->end;
    cursor->failed = true;
    return 0;
}
