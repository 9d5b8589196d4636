/*
 * base.h - what every file of the core may count on
 *
 * The core is freestanding: it takes fixed-width integers, sizes, booleans and the four memory
 * functions from the compiler, and nothing else from a C library.
 */
#ifndef SOTTO_BASE_BASE_H
#define SOTTO_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * What must hold unless a programmer made a mistake; bad input is a sotto_status instead. It
 * stops the program where it stands, needs no library, and is gone with -DNDEBUG.
 */
#ifdef NDEBUG
#define SOTTO_ASSERT(condition) ((void)0)
#else
#define SOTTO_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())
#endif

/*
 * Words for people. The module for pages is built without them: what a page logs is a status and
 * an offset, and the command line has the sentence.
 */
#ifdef SOTTO_NO_TEXTS
#define SOTTO_WORDS(text) ""
#else
#define SOTTO_WORDS(text) text
#endif

#define SOTTO_ARRAY_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline uint32_t sotto_min_u32(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline uint32_t sotto_max_u32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* floor(log2(value)); value is not 0. */
static inline uint32_t sotto_log2_u32(uint32_t value)
{
    SOTTO_ASSERT(value != 0);
    return 31u - (uint32_t)__builtin_clz(value);
}

#endif
