/*
 * json.c - results for machines, written as they come
 *
 * Objects are broken into lines, and so are arrays of objects; arrays of plain values stay on one
 * line.
 */
#include "cli/json.h"

#include "cli/utf8.h"

#include <inttypes.h>
#include <string.h>

cli_json cli_json_to(FILE *to, cli_json_style style)
{
    return (cli_json){.to = to, .style = style};
}

static void quote(FILE *to, const char *bytes, size_t size)
{
    putc('"', to);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '"' || byte == '\\') {
            putc('\\', to);
            putc(byte, to);
        } else if (byte < 0x20 || byte == 0x7F) {
            fprintf(to, "\\u%04x", byte);
        } else {
            putc(byte, to);
        }
    }
    putc('"', to);
}

static void new_line(cli_json *json)
{
    if (json->style == CLI_JSON_LINES) {
        fprintf(json->to, "\n%*s", (int)(2 * json->depth), "");
    }
}

/* Whatever stands before a value: comma, line, key. */
static void lead(cli_json *json, const char *key, bool plain)
{
    if (json->filled[json->depth]) {
        putc(',', json->to);
    }
    bool dense = plain && !key && json->depth > 0;
    if (json->depth > 0 && !dense) {
        json->broken[json->depth] = true;
        new_line(json);
    } else if (dense && json->filled[json->depth] && json->style == CLI_JSON_LINES) {
        putc(' ', json->to);
    }
    json->filled[json->depth] = true;
    if (key) {
        quote(json->to, key, strlen(key));
        fputs(json->style == CLI_JSON_LINES ? ": " : ":", json->to);
    }
}

static void open_with(cli_json *json, const char *key, char open, char close)
{
    lead(json, key, false);
    putc(open, json->to);
    json->close[json->depth] = close;
    json->depth++;
    json->filled[json->depth] = false;
    json->broken[json->depth] = false;
}

void cli_json_object(cli_json *json, const char *key)
{
    open_with(json, key, '{', '}');
}

void cli_json_array(cli_json *json, const char *key)
{
    open_with(json, key, '[', ']');
}

void cli_json_end(cli_json *json)
{
    bool broken = json->broken[json->depth];
    json->depth--;
    if (broken) {
        new_line(json);
    }
    putc(json->close[json->depth], json->to);
}

void cli_json_text(cli_json *json, const char *key, const char *text)
{
    cli_json_bytes(json, key, (sotto_text){text, strlen(text)});
}

void cli_json_bytes(cli_json *json, const char *key, sotto_text text)
{
    if (cli_utf8_prefix(text.bytes, text.size) < text.size) {
        cli_json_object(json, key);
        cli_json_hex(json, "hex", (const uint8_t *)text.bytes, text.size);
        cli_json_end(json);
        return;
    }
    lead(json, key, true);
    quote(json->to, text.bytes, text.size);
}

void cli_json_number(cli_json *json, const char *key, uint64_t number)
{
    lead(json, key, true);
    fprintf(json->to, "%" PRIu64, number);
}

void cli_json_signed(cli_json *json, const char *key, int64_t number)
{
    lead(json, key, true);
    fprintf(json->to, "%" PRId64, number);
}

void cli_json_real(cli_json *json, const char *key, double number, int decimals)
{
    lead(json, key, true);
    fprintf(json->to, "%.*f", decimals, number);
}

void cli_json_bool(cli_json *json, const char *key, bool value)
{
    lead(json, key, true);
    fputs(value ? "true" : "false", json->to);
}

void cli_json_null(cli_json *json, const char *key)
{
    lead(json, key, true);
    fputs("null", json->to);
}

void cli_json_hash(cli_json *json, const char *key, uint64_t hash)
{
    lead(json, key, true);
    fprintf(json->to, "\"%016" PRIx64 "\"", hash);
}

void cli_json_hex(cli_json *json, const char *key, const uint8_t *bytes, size_t size)
{
    lead(json, key, true);
    putc('"', json->to);
    for (size_t i = 0; i < size; i++) {
        fprintf(json->to, "%02x", bytes[i]);
    }
    putc('"', json->to);
}

void cli_json_finish(cli_json *json)
{
    putc('\n', json->to);
}
