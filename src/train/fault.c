/*
 * fault.c - sentences for people
 *
 * Texts from hostile files end up in these messages and then in a terminal, so control characters
 * are replaced on the way in.
 */
#include "train/fault.h"

#include <stdarg.h>
#include <stdio.h>

static void write_text(char text[SOTTO_FAULT_TEXT], const char *format, va_list arguments)
{
    (void)vsnprintf(text, SOTTO_FAULT_TEXT, format, arguments);
    for (char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            *at = '?';
        }
    }
}

bool sotto_fault_set(sotto_train_fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_text(fault->message, format, arguments);
    va_end(arguments);
    fault->hint[0] = '\0';
    return false;
}

bool sotto_fault_hint(sotto_train_fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_text(fault->hint, format, arguments);
    va_end(arguments);
    return false;
}
