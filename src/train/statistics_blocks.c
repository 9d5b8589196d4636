/*
 * statistics_blocks.c - columns of small numbers, packed a stretch at a time
 *
 *     block     count (u8)   count x { size u32, packed size u32 }   count zstd frames
 *     end mark  0 (u8)
 *
 * Each frame carries zstd's own checksum of what it unpacks to. Level 3: level 9 saves 4 % and
 * takes five times as long.
 */
#include "train/statistics_blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define LEVEL     3
#define HEAD_SIZE 8u /* of one column */

/* ---- writing --------------------------------------------------------------------------------- */

static bool reserve(uint8_t **bytes, size_t *room, size_t size)
{
    if (size <= *room) {
        return true;
    }
    size_t wanted = size * 2 + 4096;
    uint8_t *grown = realloc(*bytes, wanted);
    if (grown == NULL) {
        return false;
    }
    *bytes = grown;
    *room = wanted;
    return true;
}

static void put_u32(uint8_t *bytes, size_t number)
{
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
}

static size_t get_u32(const uint8_t *bytes)
{
    return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16
           | (size_t)bytes[3] << 24;
}

void sotto_blocks_begin(sotto_block_writer *writer, FILE *file, uint32_t column_count)
{
    memset(writer, 0, sizeof *writer);
    writer->file = file;
    writer->column_count = column_count;
    writer->full = SOTTO_BLOCK_FULL;
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    writer->failed = zstd == NULL
                     || ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, LEVEL))
                     || ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1));
    writer->zstd = zstd;
}

void sotto_blocks_raw(sotto_block_writer *writer, uint32_t column, const void *bytes, size_t size)
{
    sotto_column *to = &writer->columns[column];
    if (writer->failed || !reserve(&to->bytes, &to->room, to->size + size)) {
        writer->failed = true;
        return;
    }
    if (size > 0) {
        memcpy(to->bytes + to->size, bytes, size);
    }
    to->size += size;
}

void sotto_blocks_varint(sotto_block_writer *writer, uint32_t column, uint64_t number)
{
    uint8_t bytes[10];
    size_t size = 0;
    for (; number >= 128; number >>= 7) {
        bytes[size++] = (uint8_t)(number | 128);
    }
    bytes[size++] = (uint8_t)number;
    sotto_blocks_raw(writer, column, bytes, size);
}

static void pack_column(sotto_block_writer *writer, const sotto_column *column, uint8_t *head,
                        size_t *used)
{
    size_t bound = ZSTD_compressBound(column->size);
    if (column->size > SOTTO_BLOCK_COLUMN_SIZE
        || !reserve(&writer->packed, &writer->packed_room, *used + bound)) {
        writer->failed = true;
        return;
    }
    size_t packed = ZSTD_compress2(writer->zstd, writer->packed + *used, bound, column->bytes,
                                   column->size);
    if (ZSTD_isError(packed)) {
        writer->failed = true;
        return;
    }
    put_u32(head, column->size);
    put_u32(head + 4, packed);
    *used += packed;
}

void sotto_blocks_flush(sotto_block_writer *writer)
{
    uint8_t head[1 + SOTTO_BLOCK_COLUMNS * HEAD_SIZE];
    size_t used = 0, filled = 0;
    for (uint32_t i = 0; i < writer->column_count; i++) {
        filled += writer->columns[i].size;
    }
    if (filled == 0) {
        return;
    }
    head[0] = (uint8_t)writer->column_count;
    for (uint32_t i = 0; i < writer->column_count && !writer->failed; i++) {
        pack_column(writer, &writer->columns[i], head + 1 + i * HEAD_SIZE, &used);
        writer->columns[i].size = 0;
    }
    size_t head_size = 1 + writer->column_count * HEAD_SIZE;
    writer->failed = writer->failed || fwrite(head, 1, head_size, writer->file) != head_size
                     || fwrite(writer->packed, 1, used, writer->file) != used;
}

void sotto_blocks_row(sotto_block_writer *writer)
{
    for (uint32_t i = 0; i < writer->column_count; i++) {
        if (writer->columns[i].size >= writer->full) {
            sotto_blocks_flush(writer);
            return;
        }
    }
}

bool sotto_blocks_end(sotto_block_writer *writer)
{
    sotto_blocks_flush(writer);
    writer->failed = writer->failed || fputc(0, writer->file) == EOF || fflush(writer->file) != 0;
    for (uint32_t i = 0; i < writer->column_count; i++) {
        free(writer->columns[i].bytes);
    }
    free(writer->packed);
    ZSTD_freeCCtx(writer->zstd);
    bool good = !writer->failed;
    memset(writer, 0, sizeof *writer);
    return good;
}

/* ---- reading --------------------------------------------------------------------------------- */

void sotto_blocks_read_at(sotto_block_reader *reader, const char *name, int file, uint64_t offset,
                       uint32_t column_count, sotto_train_fault *fault)
{
    memset(reader, 0, sizeof *reader);
    reader->name = name;
    reader->file = file;
    reader->offset = offset;
    reader->column_count = column_count;
    reader->fault = fault;
}

bool sotto_blocks_bad(sotto_block_reader *reader, const char *what)
{
    return sotto_fault_set(reader->fault, "%s: %s (before byte %llu)", reader->name, what,
                           (unsigned long long)reader->offset);
}

static bool read_at(sotto_block_reader *reader, void *bytes, size_t size)
{
    uint8_t *to = bytes;
    while (size > 0) {
        ssize_t got = pread(reader->file, to, size, (off_t)reader->offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return sotto_blocks_bad(reader, got < 0 ? strerror(errno) : "ends too early");
        }
        to += got;
        size -= (size_t)got;
        reader->offset += (uint64_t)got;
    }
    return true;
}

/* Reads the head of a block. `sizes` are pairs: unpacked, packed. */
static bool read_head(sotto_block_reader *reader, size_t *sizes, bool *found)
{
    uint8_t count, head[SOTTO_BLOCK_COLUMNS * HEAD_SIZE];
    if (!read_at(reader, &count, 1)) {
        return false;
    }
    *found = count != 0;
    if (count == 0) {
        return true;
    }
    if (count != reader->column_count) {
        return sotto_blocks_bad(reader, "a block has the wrong number of columns");
    }
    if (!read_at(reader, head, count * HEAD_SIZE)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        sizes[2 * i] = get_u32(head + i * HEAD_SIZE);
        sizes[2 * i + 1] = get_u32(head + i * HEAD_SIZE + 4);
        if (sizes[2 * i] > SOTTO_BLOCK_COLUMN_SIZE
            || sizes[2 * i + 1] > ZSTD_compressBound(sizes[2 * i])) {
            return sotto_blocks_bad(reader, "a column is larger than any may be");
        }
    }
    return true;
}

bool sotto_blocks_next(sotto_block_reader *reader, bool *found)
{
    size_t sizes[2 * SOTTO_BLOCK_COLUMNS];
    if (!read_head(reader, sizes, found)) {
        return false;
    }
    for (uint32_t i = 0; *found && i < reader->column_count; i++) {
        sotto_column *column = &reader->columns[i];
        if (!reserve(&column->bytes, &column->room, sizes[2 * i])
            || !reserve(&reader->packed, &reader->packed_room, sizes[2 * i + 1])) {
            return sotto_blocks_bad(reader, "not enough memory");
        }
        if (!read_at(reader, reader->packed, sizes[2 * i + 1])) {
            return false;
        }
        column->at = 0;
        column->size = ZSTD_decompress(column->bytes, sizes[2 * i], reader->packed,
                                       sizes[2 * i + 1]);
        if (column->size != sizes[2 * i]) {
            column->size = 0;
            return sotto_blocks_bad(reader, "is damaged");
        }
    }
    return true;
}

bool sotto_blocks_skip(sotto_block_reader *reader)
{
    size_t sizes[2 * SOTTO_BLOCK_COLUMNS];
    bool found = true;
    while (read_head(reader, sizes, &found)) {
        if (!found) {
            return true;
        }
        for (uint32_t i = 0; i < reader->column_count; i++) {
            reader->offset += sizes[2 * i + 1];
        }
    }
    return false;
}

bool sotto_blocks_done(const sotto_block_reader *reader)
{
    return reader->columns[0].at == reader->columns[0].size;
}

bool sotto_blocks_take(sotto_block_reader *reader, uint32_t column, uint64_t *number)
{
    sotto_column *from = &reader->columns[column];
    *number = 0;
    for (unsigned shift = 0; shift < 64 && from->at < from->size; shift += 7) {
        uint8_t byte = from->bytes[from->at++];
        *number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            return true;
        }
    }
    return sotto_blocks_bad(reader, "a column ends within a row");
}

bool sotto_blocks_take_raw(sotto_block_reader *reader, uint32_t column, const uint8_t **bytes,
                           size_t size)
{
    sotto_column *from = &reader->columns[column];
    if (from->size - from->at < size) {
        return sotto_blocks_bad(reader, "a column ends within a row");
    }
    *bytes = from->bytes + from->at;
    from->at += size;
    return true;
}

void sotto_blocks_close(sotto_block_reader *reader)
{
    for (uint32_t i = 0; i < SOTTO_BLOCK_COLUMNS; i++) {
        free(reader->columns[i].bytes);
    }
    free(reader->packed);
    memset(reader, 0, sizeof *reader);
}

FILE *sotto_temp_file(sotto_train_fault *fault)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    folder = folder != NULL && *folder != '\0' ? folder : "/tmp";
    int size = snprintf(path, sizeof path, "%s/sotto-XXXXXX", folder);
    int number = size > 0 && (size_t)size < sizeof path ? mkstemp(path) : -1;
    FILE *file = number >= 0 ? fdopen(number, "w+b") : NULL;
    if (number >= 0) {
        unlink(path);
    }
    if (file == NULL) {
        sotto_fault_set(fault, "%s: no temporary file can be made there: %s", folder,
                        strerror(errno));
    }
    return file;
}
