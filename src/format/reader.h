/*
 * reader.h - reading bytes that nobody has checked yet
 *
 * A reader goes over a file once, from a start to an end, and is told with each number what it
 * may be. The first thing that is wrong is kept, with its place; from then on the reader has
 * nothing left, every number is 0 and every array NULL. So an opening function reads on as if all
 * were well, never loops over what was refused, and asks once at the end:
 *
 *     uint32_t count = sotto_reader_number(reader, 4, 0, 65535);
 *     list->offsets = sotto_reader_span(reader, count + 1, size);
 *     list->bytes = sotto_reader_take(reader, size);
 *     sotto_reader_finish(reader);
 *
 * What has been read this way is trusted afterwards and read with the plain loads of base/bytes.h.
 */
#ifndef SOTTO_FORMAT_READER_H
#define SOTTO_FORMAT_READER_H

#include "base/bytes.h"
#include "format/layout.h"

typedef struct sotto_reader {
    const uint8_t *file;           /* offsets are from here */
    uint32_t       at;
    uint32_t       start, end;     /* of what is read, such as a section */
    sotto_status   status;
    sotto_fault    fault;          /* if the status is not SOTTO_OK */
} sotto_reader;

/* A reader of the bytes [start, end) of a file. */
static inline sotto_reader sotto_reader_over(const uint8_t *file, uint32_t start, uint32_t end)
{
    return (sotto_reader){.file = file, .at = start, .start = start, .end = end};
}

/* How many bytes there are still to read; none once they were refused. */
static inline uint32_t sotto_reader_left(const sotto_reader *reader)
{
    return reader->status == SOTTO_OK ? reader->end - reader->at : 0;
}

/* Refuses the bytes, unless they were refused before. `what` is a literal. */
#define sotto_reader_refuse(reader, status, offset, what)                                        \
    sotto_reader_stop(reader, status, offset, SOTTO_WORDS(what))
void sotto_reader_stop(sotto_reader *reader, sotto_status status, uint32_t offset,
                       const char *what);

/* The next `size` bytes; with a size of 0, where the reader is. */
const uint8_t *sotto_reader_take(sotto_reader *reader, uint32_t size);

/* The next number, of `width` bytes: 1, 2 or 4. It must be `least` to `most`. */
uint32_t sotto_reader_number(sotto_reader *reader, uint32_t width, uint32_t least, uint32_t most);

/* A number of four bytes that may have any value. */
static inline uint32_t sotto_reader_u32(sotto_reader *reader)
{
    return sotto_reader_number(reader, 4, 0, UINT32_MAX);
}

/* The next varint, `least` to `most`. */
uint32_t sotto_reader_varint(sotto_reader *reader, uint32_t least, uint32_t most);

/* Zero bytes: reserved ones, or padding. */
void sotto_reader_zeros(sotto_reader *reader, uint32_t size);

/* Zero bytes up to a multiple of 4 from the reader's start. */
void sotto_reader_align(sotto_reader *reader);

/* An array of `count` indexes of `width` bytes, each below `limit`; if `optional`, or 0xFFFF. */
const uint8_t *sotto_reader_indexes(sotto_reader *reader, uint32_t width, uint32_t count,
                                    uint32_t limit, bool optional);

/* An array of `count` u32 that never go down and never pass `limit`. */
const uint8_t *sotto_reader_ascending(sotto_reader *reader, uint32_t count, uint32_t limit);

/* The same from exactly 0 to exactly `limit`. */
const uint8_t *sotto_reader_span(sotto_reader *reader, uint32_t count, uint32_t limit);

/* Nothing may be left. */
void sotto_reader_finish(sotto_reader *reader);

#endif
