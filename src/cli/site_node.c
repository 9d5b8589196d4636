/*
 * site_node.c - the questions asked of the site file
 *
 * Every answer is checked where it is asked for, with the words of docs/SITE.md.
 */
#include "cli/site_node.h"

#include "cli/excerpt.h"
#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/number.h"
#include "cli/site_where.h"
#include "cli/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A key that reads as a plain word is joined by a dot, any other stands in brackets. */
static const char *path_of(const cli_node *node)
{
    cli_pool *pool = node->reader->pool;
    if (!node->parent) {
        return "";
    }
    const char *outer = path_of(node->parent);
    if (!node->key) {
        return cli_pool_print(pool, "%s[%d]", outer, node->index);
    }
    bool plain = node->key[0] != '\0';
    for (const char *at = node->key; *at; at++) {
        plain = plain && (isalnum((unsigned char)*at) || *at == '_' || *at == '-');
    }
    return cli_pool_print(pool, plain ? "%s%s%s" : "%s%s[\"%s\"]", outer,
                          plain && outer[0] ? "." : "", node->key);
}

void cli_mistakes_add(cli_pool *pool, cli_mistakes *mistakes, cli_mistake mistake)
{
    if (mistakes->count == mistakes->room) {
        size_t room = mistakes->room ? 2 * mistakes->room : 16;
        cli_mistake *list = cli_pool_alloc(pool, room, sizeof *list);
        if (mistakes->count) {
            memcpy(list, mistakes->list, mistakes->count * sizeof *list);
        }
        mistakes->list = list;
        mistakes->room = room;
    }
    mistakes->list[mistakes->count++] = mistake;
}

cli_mistake cli_node_where(const cli_node *node, sotto_text text, size_t at, size_t size)
{
    cli_mistake where = {.line = cli_where_node(node), .path = path_of(node)};
    if (text.bytes) {
        cli_excerpt excerpt = cli_excerpt_of(node->reader->pool, text, at, size);
        where.excerpt = excerpt.text;
        where.marker = excerpt.marker;
        where.column = excerpt.column;
    }
    return where;
}

/* Past the most, only counted: finding where a node stands means reading the file again. */
static void add(const cli_node *node, cli_mistakes *mistakes, sotto_text text, size_t at,
                size_t size, const char *near, const char *format, va_list values)
{
    char what[1024];
    if (mistakes->count == CLI_MISTAKES_MOST) {
        mistakes->more++;
        return;
    }
    vsnprintf(what, sizeof what, format, values);
    cli_mistake mistake = cli_node_where(node, text, at, size);
    mistake.what = cli_pool_copy(node->reader->pool, what, strlen(what));
    mistake.near = near;
    cli_mistakes_add(node->reader->pool, mistakes, mistake);
}

bool cli_node_mistake(const cli_node *node, const char *near, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(node, node->reader->mistakes, (sotto_text){NULL, 0}, 0, 0, near, format, values);
    va_end(values);
    return false;
}

bool cli_node_mistake_in(const cli_node *node, sotto_text text, size_t at, size_t size,
                         const char *near, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(node, node->reader->mistakes, text, at, size, near, format, values);
    va_end(values);
    return false;
}

void cli_node_warning(const cli_node *node, const char *near, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(node, node->reader->warnings, (sotto_text){NULL, 0}, 0, 0, near, format, values);
    va_end(values);
}

void cli_node_warning_in(const cli_node *node, sotto_text text, size_t at, size_t size,
                         const char *near, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add(node, node->reader->warnings, text, at, size, near, format, values);
    va_end(values);
}

bool cli_node_named(const cli_node *member)
{
    size_t size = strspn(member->key, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return (size >= 1 && size <= 64 && !member->key[size])
        || cli_node_mistake(member, NULL,
                            "expected a name of 1 to 64 of the letters a-z, 0-9 and -");
}

static const char *kind_name(const cJSON *json)
{
    return cJSON_IsObject(json)   ? "an object"
           : cJSON_IsArray(json)  ? "a list"
           : cJSON_IsString(json) ? "a text"
           : cJSON_IsNumber(json) ? "a number"
           : cJSON_IsBool(json)   ? "true or false"
                                  : "null";
}

static bool expected(const cli_node *node, const char *what)
{
    return cli_node_mistake(node, NULL, "expected %s, found %s", what, kind_name(node->json));
}

#define FOUND_SIZE 64

/* What stands there, short enough for a sentence. */
static const char *found(const cli_node *node, char text[FOUND_SIZE])
{
    if (cJSON_IsString(node->json)) {
        const char *value = node->json->valuestring;
        size_t size = strlen(value);
        size_t shown = cli_utf8_prefix(value, size > 40 ? 40 : size);
        snprintf(text, FOUND_SIZE, "\"%.*s%s\"", (int)shown, value, shown < size ? "..." : "");
        return text;
    }
    if (cJSON_IsNumber(node->json)) {
        snprintf(text, FOUND_SIZE, "%.12g", node->json->valuedouble);
        return text;
    }
    return kind_name(node->json);
}

bool cli_node_expected(const cli_node *node, const char *format, ...)
{
    char what[512];
    char text[FOUND_SIZE];
    va_list values;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    return cli_node_mistake(node, NULL, "expected %s, found %s", what, found(node, text));
}

static bool is_known(const char *key, const char *const *keys, size_t key_count)
{
    for (size_t i = 0; i < key_count; i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_twin(const cli_node *member)
{
    for (const cJSON *other = member->json->next; other; other = other->next) {
        if (strcmp(other->string, member->key) == 0) {
            return cli_node_mistake(member, NULL, "the key stands twice");
        }
    }
    return true;
}

static bool check_key(const cli_node *member, const char *const *keys, size_t key_count)
{
    if (!is_known(member->key, keys, key_count)) {
        char list[512];
        return cli_node_mistake(member, cli_nearest(member->key, keys, key_count),
                                "unknown key, expected %s",
                                cli_nearest_list(list, sizeof list, keys, key_count));
    }
    return check_twin(member);
}

static int compare_keys(const void *a, const void *b)
{
    const cJSON *const *left = a;
    const cJSON *const *right = b;
    return strcmp((*left)->string, (*right)->string);
}

void cli_node_unique(const cli_node *object)
{
    size_t count = (size_t)cJSON_GetArraySize(object->json);
    const cJSON **members = cli_pool_alloc(object->reader->pool, count + 1, sizeof *members);
    const cJSON *at = NULL;
    cli_node member;
    for (size_t i = 0; cli_node_next(object, &at, &member); i++) {
        members[i] = at;
    }
    qsort(members, count, sizeof *members, compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(&members[i - 1], &members[i]) == 0) {
            member = (cli_node){object->reader, object, members[i]->string, 0, members[i]};
            cli_node_mistake(&member, NULL, "the key stands twice");
        }
    }
}

bool cli_node_object(const cli_node *node, const char *const *keys, size_t key_count)
{
    if (!cJSON_IsObject(node->json)) {
        char list[512];
        return cli_node_expected(node, "an object with %s",
                                 cli_nearest_list(list, sizeof list, keys, key_count));
    }
    const cJSON *at = NULL;
    cli_node member;
    while (cli_node_next(node, &at, &member)) {
        check_key(&member, keys, key_count);
    }
    return true;
}

bool cli_node_get(const cli_node *object, const char *key, cli_node *member)
{
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(object->json, key);
    *member = (cli_node){object->reader, object, key, 0, json};
    return json != NULL;
}

bool cli_node_need(const cli_node *object, const char *key, cli_node *member)
{
    return cli_node_get(object, key, member)
        || cli_node_mistake(object, NULL, "\"%s\" is missing", key);
}

bool cli_node_list(const cli_node *node, uint32_t *count)
{
    *count = 0;
    if (!cJSON_IsArray(node->json)) {
        return expected(node, "a list");
    }
    *count = (uint32_t)cJSON_GetArraySize(node->json);
    return true;
}

/* Elements are asked for in their order, so each is found from the one before. */
cli_node cli_node_at(const cli_node *list, uint32_t index)
{
    cli_site_reader *reader = list->reader;
    bool follows = reader->last_list == list->json && index == reader->last_index + 1;
    const cJSON *element = follows ? reader->last_element->next
                                   : cJSON_GetArrayItem(list->json, (int)index);
    reader->last_list = list->json;
    reader->last_index = index;
    reader->last_element = element;
    return (cli_node){reader, list, NULL, (int)index, element};
}

bool cli_node_next(const cli_node *object, const cJSON **at, cli_node *member)
{
    *at = *at ? (*at)->next : object->json->child;
    if (!*at) {
        return false;
    }
    *member = (cli_node){object->reader, object, (*at)->string, 0, *at};
    return true;
}

const char *cli_node_text(const cli_node *node, const char *otherwise)
{
    if (!cJSON_IsString(node->json)) {
        expected(node, "a text");
        return otherwise;
    }
    return node->json->valuestring;
}

const char *cli_member_text(const cli_node *object, const char *key, const char *otherwise)
{
    cli_node member;
    return cli_node_get(object, key, &member) ? cli_node_text(&member, otherwise) : otherwise;
}

bool cli_member_bool(const cli_node *object, const char *key, bool otherwise)
{
    cli_node member;
    if (!cli_node_get(object, key, &member)) {
        return otherwise;
    }
    return cJSON_IsBool(member.json) ? cJSON_IsTrue(member.json) != 0
                                     : expected(&member, "true or false");
}

uint32_t cli_member_number(const cli_node *object, const char *key, uint32_t least, uint32_t most,
                           uint32_t otherwise)
{
    cli_node member;
    if (!cli_node_get(object, key, &member)) {
        return otherwise;
    }
    double value = cJSON_IsNumber(member.json) ? member.json->valuedouble : NAN;
    if (!(value >= least && value <= most) || floor(value) < value) {
        cli_node_expected(&member, "a whole number from %u to %u", least, most);
        return otherwise;
    }
    return (uint32_t)value;
}

double cli_member_real(const cli_node *object, const char *key, double least, double most,
                       double otherwise)
{
    cli_node member;
    if (!cli_node_get(object, key, &member)) {
        return otherwise;
    }
    double value = cJSON_IsNumber(member.json) ? member.json->valuedouble : NAN;
    if (!(value >= least && value <= most)) {
        cli_node_expected(&member, "a number from %.12g to %.12g", least, most);
        return otherwise;
    }
    return value;
}

uint32_t cli_member_span(const cli_node *object, const char *key, uint32_t least,
                         uint32_t otherwise)
{
    cli_node member;
    uint32_t span_s;
    if (!cli_node_get(object, key, &member)) {
        return otherwise;
    }
    if (!cJSON_IsString(member.json)
        || !cli_number_read_span(member.json->valuestring, &span_s) || span_s < least) {
        cli_node_expected(&member, "a span of time such as \"30m\" (s, m, h or d)");
        return otherwise;
    }
    return span_s;
}

size_t cli_node_choice(const cli_node *node, const char *const *names, size_t count)
{
    const char *word = cli_node_text(node, NULL);
    for (size_t i = 0; word && i < count; i++) {
        if (strcmp(names[i], word) == 0) {
            return i;
        }
    }
    if (word) {
        char list[512];
        cli_node_mistake(node, cli_nearest(word, names, count), "\"%s\" is not one of %s", word,
                         cli_nearest_list(list, sizeof list, names, count));
    }
    return count;
}

const char *cli_node_path(const cli_node *node, const char *path)
{
    return cli_path_join(node->reader->pool, node->reader->folder, path);
}
