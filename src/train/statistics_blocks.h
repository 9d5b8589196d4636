/*
 * Statistics blocks - columns of small numbers, packed a stretch at a time
 *
 * What a statistics file is made of (docs/STATISTICS.md, section 2). A block holds up to eight
 * columns, each a zstd frame of its own with a checksum: numbers of one kind lie side by side,
 * which packs a third better than row after row. Equal contents give equal bytes.
 *
 * memory    A writer holds one block, a reader one block unpacked.
 * trust     A reader takes any bytes: it stops with a fault, never outside of a column.
 */
#ifndef SOTTO_TRAIN_STATISTICS_BLOCKS_H
#define SOTTO_TRAIN_STATISTICS_BLOCKS_H

#include "train/fault.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SOTTO_BLOCK_COLUMNS     8u
#define SOTTO_BLOCK_COLUMN_SIZE (16u << 20) /* unpacked; a reader takes no more */
#define SOTTO_BLOCK_FULL        (1u << 20)  /* the row that gets a column here ends the block */

typedef struct sotto_column {
    uint8_t *bytes;
    size_t   size, room, at; /* `at`: how far a reader has come */
} sotto_column;

typedef struct sotto_block_writer {
    FILE        *file;
    sotto_column columns[SOTTO_BLOCK_COLUMNS];
    uint32_t     column_count;
    uint8_t     *packed;
    size_t       packed_room;
    size_t       full; /* SOTTO_BLOCK_FULL; less where many are read at once */
    void        *zstd;
    bool         failed; /* the disk is full, or memory is out: every later call does nothing */
} sotto_block_writer;

/* Writes behind what stands in the file already. A failure shows when the blocks are ended. */
void sotto_blocks_begin(sotto_block_writer *writer, FILE *file, uint32_t column_count);
void sotto_blocks_varint(sotto_block_writer *writer, uint32_t column, uint64_t number);
void sotto_blocks_raw(sotto_block_writer *writer, uint32_t column, const void *bytes, size_t size);
/* After each row: ends the block if any column is full, or in any case. */
void sotto_blocks_row(sotto_block_writer *writer);
void sotto_blocks_flush(sotto_block_writer *writer);
/* The last block and the mark behind it. False if anything could not be written. */
bool sotto_blocks_end(sotto_block_writer *writer);

typedef struct sotto_block_reader {
    const char        *name; /* of the file, for faults */
    int                file;
    uint64_t           offset; /* of the next block */
    sotto_column       columns[SOTTO_BLOCK_COLUMNS];
    uint32_t           column_count;
    uint8_t           *packed;
    size_t             packed_room;
    sotto_train_fault *fault;
} sotto_block_reader;

/* Reads blocks of so many columns from an offset on; what was written must be flushed. */
void sotto_blocks_read_at(sotto_block_reader *reader, const char *name, int file, uint64_t offset,
                       uint32_t column_count, sotto_train_fault *fault);
/* Goes to the next block. `*found` is false behind the last. */
bool sotto_blocks_next(sotto_block_reader *reader, bool *found);
/* Steps over blocks without unpacking them; the offset is then behind the end mark. */
bool sotto_blocks_skip(sotto_block_reader *reader);
/* True at the end of the first column: the block holds no further row. */
bool sotto_blocks_done(const sotto_block_reader *reader);
/* Take from a column; false, with the fault set, where there is not enough left. */
bool sotto_blocks_take(sotto_block_reader *reader, uint32_t column, uint64_t *number);
bool sotto_blocks_take_raw(sotto_block_reader *reader, uint32_t column, const uint8_t **bytes,
                           size_t size);
/* Sets the fault: "NAME: WHAT (in the block before byte N)". Returns false. */
bool sotto_blocks_bad(sotto_block_reader *reader, const char *what);
void sotto_blocks_close(sotto_block_reader *reader);

/* A file without a name, gone when closed; in TMPDIR or /tmp. */
FILE *sotto_temp_file(sotto_train_fault *fault);

#endif
