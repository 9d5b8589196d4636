/*
 * JSON - results for machines, written as they come
 *
 * Values go straight to a stream, so that a bundle of any size can be printed without being built
 * up in memory first. (What is read as JSON is read with cJSON.)
 *
 *     cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
 *     cli_json_object(&json, NULL);
 *     cli_json_text(&json, "id", id);
 *     cli_json_end(&json);
 *     cli_json_finish(&json);
 */
#ifndef SOTTO_CLI_JSON_H
#define SOTTO_CLI_JSON_H

#include "sotto.h"

#include <stdio.h>

#define CLI_JSON_DEPTH 32

typedef enum cli_json_style { CLI_JSON_LINES, CLI_JSON_DENSE } cli_json_style;

typedef struct cli_json {
    FILE          *to;
    cli_json_style style;
    unsigned       depth;
    char           close[CLI_JSON_DEPTH]; /* ']' or '}' */
    bool           filled[CLI_JSON_DEPTH + 1]; /* something stands there already */
    bool           broken[CLI_JSON_DEPTH + 1]; /* into lines */
} cli_json;

cli_json cli_json_to(FILE *to, cli_json_style style);

/* `key` is NULL inside an array and at the top. */
void cli_json_object(cli_json *json, const char *key);
void cli_json_array(cli_json *json, const char *key);
void cli_json_end(cli_json *json);

void cli_json_text(cli_json *json, const char *key, const char *text);
/* A text of the shop's; what is not valid UTF-8 becomes {"hex": "..."}. */
void cli_json_bytes(cli_json *json, const char *key, sotto_text text);
void cli_json_number(cli_json *json, const char *key, uint64_t number);
void cli_json_signed(cli_json *json, const char *key, int64_t number);
void cli_json_real(cli_json *json, const char *key, double number, int decimals);
void cli_json_bool(cli_json *json, const char *key, bool value);
void cli_json_null(cli_json *json, const char *key);
/* 64 bits as 16 hexadecimal digits: JavaScript's numbers do not hold them. */
void cli_json_hash(cli_json *json, const char *key, uint64_t hash);
void cli_json_hex(cli_json *json, const char *key, const uint8_t *bytes, size_t size);

/* Ends the line. */
void cli_json_finish(cli_json *json);


#endif
