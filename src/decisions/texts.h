/*
 * texts.h - comparing texts, byte by byte
 */
#ifndef SOTTO_DECISIONS_TEXTS_H
#define SOTTO_DECISIONS_TEXTS_H

#include "base/base.h"
#include "sotto.h"

static inline bool sotto_text_is(sotto_text a, sotto_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* Comparison by the number of its instruction: false where either is nothing. */
bool sotto_texts_compare(uint32_t op, sotto_text left, sotto_text right);

#endif
