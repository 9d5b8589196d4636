/*
 * Stream - the bytes of a file, unpacked if need be
 *
 * Whether a file is gzip, zstd or neither is seen from its first four bytes; names lie.
 */
#ifndef SOTTO_TRAIN_STREAM_H
#define SOTTO_TRAIN_STREAM_H

#include "train/fault.h"

#include <stdint.h>

typedef struct sotto_stream sotto_stream;

/* `path` must live as long as the stream. NULL, with the fault set, on failure. */
sotto_stream *sotto_stream_open(const char *path, sotto_train_fault *fault);
void sotto_stream_close(sotto_stream *stream);

/*
 * Reads up to `size` unpacked bytes. `*got` is 0 only at the end. A compressed file that ends early
 * or is damaged is a failure, never a short file.
 */
bool sotto_stream_read(sotto_stream *stream, void *bytes, size_t size, size_t *got,
                       sotto_train_fault *fault);

/* Bytes taken from the file as it lies on disk. */
uint64_t sotto_stream_position(const sotto_stream *stream);

#endif
