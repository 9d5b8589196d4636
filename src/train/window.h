/*
 * Window - a stretch of a file that slides over it, whole lines at a time
 *
 * memory    As large as the longest record so far, at most SOTTO_RECORD_MAX and a little.
 * lifetime  What a record points at is good until the next one is taken.
 */
#ifndef SOTTO_TRAIN_WINDOW_H
#define SOTTO_TRAIN_WINDOW_H

#include "sotto.h"
#include "train/fault.h"
#include "train/stream.h"

/* A longer record is no record: 1 MiB on one line, 64 KiB within quotes over several lines. */
#define SOTTO_RECORD_MAX        (1u << 20)
#define SOTTO_QUOTED_RECORD_MAX (1u << 16)

typedef struct sotto_window {
    const char   *path;
    sotto_stream *stream;
    char         *bytes;
    size_t        size;       /* of bytes */
    size_t        start, end; /* of what is not yet taken */
    bool          at_end;     /* the stream has no more */
    bool          in_line;    /* `start` is in a line that was cut, whose rest is passed over */
    uint64_t      next_line;  /* number of the line at `start` */
} sotto_window;

typedef struct sotto_record {
    sotto_text  text; /* without the line's end */
    uint64_t    line; /* number of its first line */
    uint64_t    line_count;
    const char *bad; /* NULL, or static text */
} sotto_record;

/* Opens the file and steps over a byte order mark. UTF-16 is refused. */
bool sotto_window_open(sotto_window *window, const char *path, sotto_train_fault *fault);
void sotto_window_close(sotto_window *window);

/*
 * Finds the record at the start of the window and leaves it there. `*found` is false at the end of
 * the file. With `quotes`, a field that begins with a quote goes on to its closing one, over line
 * ends; `delimiter` tells where fields begin.
 */
bool sotto_window_find(sotto_window *window, bool quotes, char delimiter, sotto_record *record,
                       bool *found, sotto_train_fault *fault);

/* The first line of a record only: what is left of one whose quotes lead astray. */
sotto_record sotto_record_first_line(sotto_record record);

/* Slides past a record. Its bytes stay in place until the next sotto_window_find. */
void sotto_window_pass(sotto_window *window, const sotto_record *record);

#endif
