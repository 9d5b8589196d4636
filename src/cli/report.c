/*
 * report.c - one voice for everything said to people
 *
 * Bytes from files and arguments end up in these lines, so they are cleaned on the way out.
 */
#include "cli/report.h"

#include "cli/progress.h"
#include "cli/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_SIZE 2048

static void say(const char *label, const char *format, va_list values)
{
    char line[LINE_MAX_SIZE];
    int wanted = vsnprintf(line, sizeof line, format, values);
    if (wanted >= (int)sizeof line) {
        memcpy(line + sizeof line - 4, "...", 4);
    }
    cli_progress_clear();
    fprintf(stderr, "sotto: %s", label);
    cli_utf8_print(stderr, line, strlen(line));
    putc('\n', stderr);
}

bool cli_error(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say("error: ", format, values);
    va_end(values);
    return false;
}

void cli_warning(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say("warning: ", format, values);
    va_end(values);
}

void cli_hint(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say("hint: ", format, values);
    va_end(values);
}

void cli_note(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say("", format, values);
    va_end(values);
}

static const char *hint_for(sotto_status status)
{
    switch (status) {
    case SOTTO_TRUNCATED: return "the copy may be incomplete; publish or copy it again";
    case SOTTO_DAMAGED: return "the bytes changed after they were written; copy the file again";
    case SOTTO_OVERSIZED: return "something was added to the file; copy it again";
    case SOTTO_WRONG_VERSION: return "another version of sotto wrote it; see sotto version";
    case SOTTO_NOT_SOTTO: return "sotto reads what sotto train and sotto publish write";
    case SOTTO_MISMATCH: return "publish all parts again from the same model";
    default: return NULL;
    }
}

bool cli_error_at(const char *file, sotto_status status, const sotto_fault *fault)
{
    if (fault && fault->what) {
        cli_error("%s: %s: %s (at byte %zu)", file, sotto_status_text(status), fault->what,
                  fault->offset);
    } else {
        cli_error("%s: %s", file, sotto_status_text(status));
    }
    const char *hint = hint_for(status);
    if (hint) {
        cli_hint("%s", hint);
    }
    return false;
}

bool cli_error_fault(const sotto_train_fault *fault)
{
    cli_error("%s", fault->message);
    if (fault->hint[0]) {
        cli_hint("%s", fault->hint);
    }
    return false;
}
