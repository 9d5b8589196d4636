/*
 * window.c - a stretch of a file that slides over it
 *
 *         start                    end       size
 *     .....|one record\n|another one|.........|
 *
 * A lost quote is the classic accident of CSV: everything up to the next quote, possibly the rest
 * of the file, would become one field. So a record that is still inside quotes after 64 KiB, or at
 * the end of the file, is cut back to its first line, called bad, and reading resumes at its
 * second. A line that does not end within 1 MiB is bad, and passed over to where it does.
 */
#include "train/window.h"

#include <stdlib.h>
#include <string.h>

#define READ_SIZE 65536u

/* Brings more bytes in behind `end`, or notes that there are none. */
static bool slide(sotto_window *window, sotto_train_fault *fault)
{
    if (window->start > 0) {
        memmove(window->bytes, window->bytes + window->start, window->end - window->start);
        window->end -= window->start;
        window->start = 0;
    }
    if (window->size - window->end < READ_SIZE) {
        size_t size = window->size * 2 + READ_SIZE;
        char *bytes = realloc(window->bytes, size);
        if (bytes == NULL) {
            return sotto_fault_set(fault, "%s:%llu: not enough memory", window->path,
                                   (unsigned long long)window->next_line);
        }
        window->bytes = bytes;
        window->size = size;
    }
    size_t got;
    if (!sotto_stream_read(window->stream, window->bytes + window->end, READ_SIZE, &got, fault)) {
        return false;
    }
    window->end += got;
    window->at_end = got == 0;
    return true;
}

bool sotto_window_open(sotto_window *window, const char *path, sotto_train_fault *fault)
{
    memset(window, 0, sizeof *window);
    window->path = path;
    window->next_line = 1;
    window->stream = sotto_stream_open(path, fault);
    if (window->stream == NULL) {
        return false;
    }
    while (window->end < 3 && !window->at_end) {
        if (!slide(window, fault)) {
            sotto_window_close(window);
            return false;
        }
    }
    if (window->end >= 2
        && (memcmp(window->bytes, "\xff\xfe", 2) == 0
            || memcmp(window->bytes, "\xfe\xff", 2) == 0)) {
        sotto_fault_set(fault, "%s:1: is UTF-16, not UTF-8", path);
        sotto_fault_hint(fault, "convert it: iconv -f UTF-16 -t UTF-8 %s", path);
        sotto_window_close(window);
        return false;
    }
    if (window->end >= 3 && memcmp(window->bytes, "\xef\xbb\xbf", 3) == 0) {
        window->start = 3;
    }
    return true;
}

void sotto_window_close(sotto_window *window)
{
    sotto_stream_close(window->stream);
    free(window->bytes);
    memset(window, 0, sizeof *window);
}

/* Where a record's end was looked for so far; positions are relative to the window's start. */
typedef struct quote_scan {
    size_t at;
    bool   inside, field_start;
    size_t first_line_end; /* 0 while still on the first line */
    bool   seen_line_end;
} quote_scan;

/* Goes on over [scan->at, size); true when scan->at is the line end that ends the record. */
static bool scan_quotes(quote_scan *scan, const char *text, size_t size, char delimiter)
{
    while (scan->at < size) {
        char c = text[scan->at];
        if (scan->inside) {
            if (c == '"') {
                scan->inside = false; /* a doubled quote opens again at once */
            }
        } else if (c == '\n') {
            return true;
        } else if (c == '"' && (scan->field_start || (scan->at > 0 && text[scan->at - 1] == '"'))) {
            scan->inside = true;
        }
        if (c == '\n' && !scan->seen_line_end) {
            scan->seen_line_end = true;
            scan->first_line_end = scan->at;
        }
        scan->field_start = !scan->inside && c == delimiter;
        scan->at++;
    }
    return false;
}

static sotto_record record_of(const sotto_window *window, size_t size, uint64_t line_count)
{
    sotto_record record = {
        {window->bytes + window->start, size}, window->next_line, line_count, NULL};
    return record;
}

static uint64_t count_lines(const char *text, size_t size)
{
    uint64_t count = 1;
    const char *end = text + size;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        count++;
    }
    return count;
}

sotto_record sotto_record_first_line(sotto_record record)
{
    const char *end = memchr(record.text.bytes, '\n', record.text.size);
    if (end != NULL) {
        record.text.size = (size_t)(end - record.text.bytes);
        record.line_count = 1;
    }
    return record;
}

/* Cuts to what stands on the first line and says why. */
static sotto_record cut(const sotto_window *window, size_t size, const char *why)
{
    sotto_record record = sotto_record_first_line(record_of(window, size, 1));
    record.bad = why;
    return record;
}

/* Moves behind the end of a line that was cut, wherever that is. */
static bool pass_rest(sotto_window *window, sotto_train_fault *fault)
{
    while (window->in_line) {
        const char *text = window->bytes + window->start;
        const char *end = memchr(text, '\n', window->end - window->start);
        if (end != NULL) {
            window->start += (size_t)(end - text) + 1;
            window->next_line++;
        } else {
            window->start = window->end;
        }
        window->in_line = end == NULL && !window->at_end;
        if (window->in_line && !slide(window, fault)) {
            return false;
        }
    }
    return true;
}

bool sotto_window_find(sotto_window *window, bool quotes, char delimiter, sotto_record *record,
                       bool *found, sotto_train_fault *fault)
{
    quote_scan scan = {0, false, true, 0, false};
    size_t looked = 0; /* bytes without a line end */
    if (!pass_rest(window, fault)) {
        return false;
    }
    for (;;) {
        const char *text = window->bytes + window->start;
        size_t size = window->end - window->start;
        const char *end = memchr(text + looked, '\n', size - looked);
        bool plain = end != NULL && scan.at == 0
                     && (!quotes || memchr(text, '"', (size_t)(end - text)) == NULL);
        if (plain || (end != NULL && !quotes)) {
            *record = record_of(window, (size_t)(end - text), 1);
            break;
        }
        looked = quotes ? 0 : size;
        if (quotes && scan_quotes(&scan, text, size, delimiter)) {
            *record = record_of(window, scan.at, 1);
            record->line_count = scan.seen_line_end ? count_lines(text, scan.at) : 1;
            break;
        }
        if (quotes && scan.inside && scan.seen_line_end
            && (window->at_end || size > SOTTO_QUOTED_RECORD_MAX)) {
            *record = cut(window, scan.first_line_end, "unclosed quote");
            break;
        }
        if (window->at_end) {
            if (size == 0) {
                *found = false;
                return true;
            }
            *record = record_of(window, size, 1);
            record->bad = quotes && scan.inside ? "unclosed quote" : NULL;
            break;
        }
        if (size > SOTTO_RECORD_MAX) {
            *record = cut(window, size, "line too long");
            break;
        }
        if (!slide(window, fault)) {
            return false;
        }
    }
    *found = true;
    return true;
}

void sotto_window_pass(sotto_window *window, const sotto_record *record)
{
    window->start += record->text.size;
    if (window->start < window->end && window->bytes[window->start] == '\n') {
        window->start++;
        window->next_line += record->line_count;
    } else {
        window->in_line = !window->at_end;
    }
}
