/*
 * stream.c - plain, gzip and zstd files behind one read
 *
 * All three take packed bytes from the same buffer:
 *
 *     file -> packed[] -> (copy | inflate | zstd) -> caller
 *
 * Both compressed formats allow several members one after the other (that is what `cat a.gz b.gz`
 * makes, and what log rotation often does), so the end of a member is the end of the file only if
 * no byte follows.
 */
#include "train/stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

#define PACKED_SIZE 65536u

typedef enum packing { PLAIN, GZIP, ZSTD } packing;

struct sotto_stream {
    const char   *path;
    FILE         *file;
    packing       packing;
    z_stream      gzip;
    ZSTD_DStream *zstd;
    bool          inside; /* within a compressed member, so that the end would come too early */
    size_t        start, end; /* of what is left in packed */
    uint64_t      position;
    unsigned char packed[PACKED_SIZE];
};

/* Makes sure that packed holds something, unless the file is at its end. */
static bool refill(sotto_stream *stream, sotto_train_fault *fault)
{
    if (stream->start < stream->end) {
        return true;
    }
    stream->start = 0;
    stream->end = fread(stream->packed, 1, PACKED_SIZE, stream->file);
    stream->position += stream->end;
    if (stream->end == 0 && ferror(stream->file)) {
        return sotto_fault_set(fault, "%s: cannot be read: %s", stream->path, strerror(errno));
    }
    return true;
}

static packing packing_of(const unsigned char *bytes, size_t size)
{
    if (size >= 3 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0) {
        return GZIP;
    }
    if (size >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0) {
        return ZSTD;
    }
    return PLAIN;
}

static bool start_unpacking(sotto_stream *stream, sotto_train_fault *fault)
{
    stream->packing = packing_of(stream->packed, stream->end);
    if (stream->packing == GZIP && inflateInit2(&stream->gzip, 15 + 16) != Z_OK) {
        stream->packing = PLAIN; /* so that closing does not end what was not begun */
        return sotto_fault_set(fault, "%s: not enough memory to unpack it", stream->path);
    }
    if (stream->packing == ZSTD) {
        stream->zstd = ZSTD_createDStream();
        if (stream->zstd == NULL) {
            return sotto_fault_set(fault, "%s: not enough memory to unpack it", stream->path);
        }
    }
    return true;
}

sotto_stream *sotto_stream_open(const char *path, sotto_train_fault *fault)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        sotto_fault_set(fault, "%s: cannot be opened: %s", path, strerror(errno));
        return NULL;
    }
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        sotto_fault_set(fault, "%s: is a folder", path);
        sotto_fault_hint(fault, "name the files in it, for instance %s/*.csv", path);
        fclose(file);
        return NULL;
    }
    sotto_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL) {
        sotto_fault_set(fault, "%s: not enough memory", path);
        fclose(file);
        return NULL;
    }
    stream->path = path;
    stream->file = file;
    if (!refill(stream, fault) || !start_unpacking(stream, fault)) {
        sotto_stream_close(stream);
        return NULL;
    }
    return stream;
}

void sotto_stream_close(sotto_stream *stream)
{
    if (stream == NULL) {
        return;
    }
    if (stream->packing == GZIP) {
        inflateEnd(&stream->gzip);
    }
    ZSTD_freeDStream(stream->zstd);
    fclose(stream->file);
    free(stream);
}

static bool damaged(const sotto_stream *stream, const char *why, sotto_train_fault *fault)
{
    sotto_fault_set(fault, "%s: compressed data is damaged near byte %llu: %s", stream->path,
                    (unsigned long long)sotto_stream_position(stream), why);
    return sotto_fault_hint(fault, "the copy may be incomplete; fetch the file again");
}

static bool read_gzip(sotto_stream *stream, void *bytes, size_t size, size_t *got,
                      sotto_train_fault *fault)
{
    stream->gzip.next_in = stream->packed + stream->start;
    stream->gzip.avail_in = (uInt)(stream->end - stream->start);
    stream->gzip.next_out = bytes;
    stream->gzip.avail_out = (uInt)size;
    int result = inflate(&stream->gzip, Z_NO_FLUSH);
    stream->start = stream->end - stream->gzip.avail_in;
    *got = size - stream->gzip.avail_out;
    if (result == Z_STREAM_END) {
        stream->inside = false;
        inflateReset2(&stream->gzip, 15 + 16);
        return true;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        return damaged(stream, stream->gzip.msg != NULL ? stream->gzip.msg : "no gzip data", fault);
    }
    stream->inside = true;
    return true;
}

static bool read_zstd(sotto_stream *stream, void *bytes, size_t size, size_t *got,
                      sotto_train_fault *fault)
{
    ZSTD_inBuffer in = {stream->packed, stream->end, stream->start};
    ZSTD_outBuffer out = {bytes, size, 0};
    size_t result = ZSTD_decompressStream(stream->zstd, &out, &in);
    stream->start = in.pos;
    *got = out.pos;
    if (ZSTD_isError(result)) {
        return damaged(stream, ZSTD_getErrorName(result), fault);
    }
    stream->inside = result != 0;
    return true;
}

bool sotto_stream_read(sotto_stream *stream, void *bytes, size_t size, size_t *got,
                       sotto_train_fault *fault)
{
    *got = 0;
    if (size > PACKED_SIZE) {
        size = PACKED_SIZE;
    }
    while (*got == 0) {
        if (!refill(stream, fault)) {
            return false;
        }
        bool at_end = stream->start == stream->end;
        if (stream->packing == PLAIN) {
            size_t left = stream->end - stream->start;
            *got = left < size ? left : size;
            memcpy(bytes, stream->packed + stream->start, *got);
            stream->start += *got;
            return true;
        }
        if (at_end && !stream->inside) {
            return true;
        }
        bool good = stream->packing == GZIP ? read_gzip(stream, bytes, size, got, fault)
                                            : read_zstd(stream, bytes, size, got, fault);
        if (!good) {
            return false;
        }
        if (at_end && *got == 0 && stream->inside) {
            return damaged(stream, "it ends in the middle", fault);
        }
    }
    return true;
}

uint64_t sotto_stream_position(const sotto_stream *stream)
{
    return stream->position - (stream->end - stream->start);
}
