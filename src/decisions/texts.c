/*
 * texts.c - comparing texts
 */
#include "decisions/texts.h"

#include "model/program.h"

static bool contains(sotto_text text, sotto_text part)
{
    while (text.size >= part.size) {
        if (sotto_text_is((sotto_text){text.bytes, part.size}, part)) {
            return true;
        }
        if (text.size == 0) {
            return false;
        }
        text.bytes++;
        text.size--;
    }
    return false;
}

bool sotto_texts_compare(uint32_t op, sotto_text left, sotto_text right)
{
    if (left.bytes == NULL || right.bytes == NULL) {
        return false;
    }
    bool fits = left.size >= right.size;
    switch (op) {
    case SOTTO_OP_TEXT_EQUAL:
        return sotto_text_is(left, right);
    case SOTTO_OP_TEXT_UNEQUAL:
        return !sotto_text_is(left, right);
    case SOTTO_OP_STARTS:
        return fits && sotto_text_is((sotto_text){left.bytes, right.size}, right);
    case SOTTO_OP_ENDS:
        left.bytes += fits ? left.size - right.size : 0;
        return fits && sotto_text_is((sotto_text){left.bytes, right.size}, right);
    default:
        SOTTO_ASSERT(op == SOTTO_OP_CONTAINS);
        return contains(left, right);
    }
}
