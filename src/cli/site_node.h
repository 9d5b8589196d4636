/*
 * Node - a place in the site file, and the questions asked there
 *
 * A node knows its way from the top, so that a mistake can be told with its path. Each question
 * gives the value, or notes a mistake and gives the default: reading never stops at the first one.
 */
#ifndef SOTTO_CLI_SITE_NODE_H
#define SOTTO_CLI_SITE_NODE_H

#include "base/base.h"
#include "cli/site.h"

#include <cjson/cJSON.h>

typedef struct cli_site_reader {
    cli_pool     *pool;
    const char   *folder;          /* where relative paths start */
    const char   *text;            /* the file itself, to find lines in */
    cli_mistakes *mistakes, *warnings;
    const cJSON  *last_list;       /* the element of a list that was asked for last */
    const cJSON  *last_element;
    uint32_t      last_index;
} cli_site_reader;

typedef struct cli_node {
    cli_site_reader       *reader;
    const struct cli_node *parent; /* NULL at the top */
    const char            *key;    /* NULL for an element of a list */
    int                    index;
    const cJSON           *json;
} cli_node;

/* Notes a mistake at a node. Returns false. */
bool cli_node_mistake(const cli_node *node, const char *near, const char *format, ...)
    SOTTO_PRINTF(3, 4);

/* The mistake that something else was expected, with what stands there. Returns false. */
bool cli_node_expected(const cli_node *node, const char *format, ...) SOTTO_PRINTF(2, 3);

/* The same at a place in the node's text; `size` 0: where it ends. */
bool cli_node_mistake_in(const cli_node *node, sotto_text text, size_t at, size_t size,
                         const char *near, const char *format, ...) SOTTO_PRINTF(6, 7);

/* Notes what may not be meant. */
void cli_node_warning(const cli_node *node, const char *near, const char *format, ...)
    SOTTO_PRINTF(3, 4);
void cli_node_warning_in(const cli_node *node, sotto_text text, size_t at, size_t size,
                         const char *near, const char *format, ...) SOTTO_PRINTF(6, 7);

/* A finding without its words: line, path and, if `text` has bytes, the place in it. */
cli_mistake cli_node_where(const cli_node *node, sotto_text text, size_t at, size_t size);

/* Whether an object's member has a name by the rule for names; notes it if not. */
bool cli_node_named(const cli_node *member);

/* Whether it is an object with no other keys than these, each once; notes what is not so. */
bool cli_node_object(const cli_node *node, const char *const *keys, size_t key_count);

/* A member, false if it is not there. */
bool cli_node_get(const cli_node *object, const char *key, cli_node *member);

/* A member that must be there. */
bool cli_node_need(const cli_node *object, const char *key, cli_node *member);

/* Whether it is a list; how long, and its elements. */
bool     cli_node_list(const cli_node *node, uint32_t *count);
cli_node cli_node_at(const cli_node *list, uint32_t index);

/* Notes keys that stand twice, in an object whose keys are the shop's own. */
void cli_node_unique(const cli_node *object);

/* The members of an object, one after the other; start with NULL. */
bool cli_node_next(const cli_node *object, const cJSON **at, cli_node *member);

/* Values. A member that is absent gives the default, quietly. */
const char *cli_node_text(const cli_node *node, const char *otherwise);
const char *cli_member_text(const cli_node *object, const char *key, const char *otherwise);
bool        cli_member_bool(const cli_node *object, const char *key, bool otherwise);
uint32_t    cli_member_number(const cli_node *object, const char *key, uint32_t least,
                              uint32_t most, uint32_t otherwise);
double      cli_member_real(const cli_node *object, const char *key, double least, double most,
                            double otherwise);
uint32_t    cli_member_span(const cli_node *object, const char *key, uint32_t least,
                            uint32_t otherwise);

/* The index of a text in a list of names; `count` (and a mistake) if it is none of them. */
size_t cli_node_choice(const cli_node *node, const char *const *names, size_t count);

/* A path from the working folder, for one that starts at the site file. */
const char *cli_node_path(const cli_node *node, const char *path);

/* The parts of the file, each in a source file of its own. */
void cli_site_read_logs(const cli_node *node, cli_site *site);
void cli_site_read_feed(const cli_node *node, cli_site *site);
void cli_site_read_rules(const cli_node *node, cli_site *site);
void cli_site_read_slots(const cli_node *node, cli_site *site);
void cli_site_read_consent(const cli_node *node, cli_site *site);
void cli_site_read_pictures(const cli_node *node, cli_site *site);
void cli_site_read_plan(const cli_node *top, cli_site *site);

/* `format` and `delimiter`, as logs and feed have them. The file's name may tell the format. */
void cli_site_read_format(const cli_node *node, const char *file, sotto_log_format *format,
                          char *delimiter);

#endif
