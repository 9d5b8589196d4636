/*
 * Site - what the site file says, checked and with its defaults filled in
 *
 * docs/SITE.md describes the file. Reading collects every mistake with its path, its line, what was
 * expected and the nearest valid name, so that one run shows all there is to mend.
 *
 * memory    All of it is the pool's.
 * trust     The file may hold anything. A site that was read has only values that the trainer and
 *           the writer take.
 */
#ifndef SOTTO_CLI_SITE_H
#define SOTTO_CLI_SITE_H

#include "cli/pool.h"
#include "format/write.h"
#include "train/train.h"

#define CLI_SITE_MAX_SIZE (8u << 20)

/* A version, a date or an address: it goes into every receipt on the shopper's device. */
#define CLI_POLICY_MAX_SIZE 256u

/* No consent is older, so no profile may be. */
#define CLI_RETENTION_MOST_S (395u * 86400)

typedef struct cli_mistake {
    unsigned    line;              /* in the file, 0 if unknown */
    const char *path;              /* "slots.home.count"; "" for the whole file */
    const char *what;              /* what is wrong, and what was expected */
    const char *near;              /* the nearest valid name, or NULL */
    const char *excerpt, *marker;  /* of a text: the place, and a caret under it; NULL if neither */
    unsigned    column;            /* of the place in the text, from 1; 0 if there is none */
} cli_mistake;

/* More than so many mistakes are counted and not kept. */
#define CLI_MISTAKES_MOST 500

typedef struct cli_mistakes {
    cli_mistake *list;
    size_t       count, room;
    size_t       more;             /* that were not kept */
} cli_mistakes;

/* One attribute of the feed: our name and their column. */
typedef struct cli_attribute {
    const char *name, *column;
} cli_attribute;

typedef struct cli_feed_source {
    const char      *file;         /* as a path from the working folder */
    sotto_log_format format;
    char             delimiter;
    const char      *id, *title, *url, *image, *price, *list_price, *category, *brand, *stock,
                    *added;
    cli_attribute   *attributes;
    size_t           attribute_count;
    const char      *url_template, *image_template;
    bool             last_wins;    /* the same id twice: the last row counts */
    double           max_bad;
} cli_feed_source;

/* Ids of the shop's own, hashed: items, categories or brands. */
typedef struct cli_hashes {
    uint64_t *hashes;
    uint32_t  count;
} cli_hashes;

/* Where products' pictures come from. */
typedef struct cli_pictures_source {
    bool        inside;            /* published with the bundle; else the page asks for them */
    const char *folder;            /* as a path from the working folder; NULL if none is named */
    uint32_t    budget, max;       /* bytes: of all, of one */
} cli_pictures_source;

/* An item, category or brand that the plan names, and where first. */
typedef struct cli_named_key {
    uint32_t    kind;              /* a sotto_key_kind */
    sotto_text  text;              /* the id or name; a category by its whole path */
    cli_mistake where;             /* but for what is wrong */
} cli_named_key;

typedef struct cli_site {
    const char *file, *folder;
    const char *shop_id, *shop_name, *currency, *locale;
    uint32_t    price_decimals;
    uint32_t    just_bought_s, session_gap_s, retention_s, interest_half_life_s;

    sotto_log_source *logs;
    size_t            log_count;
    bool              has_feed;
    cli_feed_source   feed;

    const char *model;             /* train.output, as a path from the working folder */
    uint32_t    max_links, min_shoppers;
    uint64_t    budget;            /* 0: none */
    uint32_t    bot_clicks, bot_per_minute; /* 0: no such rule */

    uint32_t            max_per_brand; /* for slots that say nothing else */
    cli_hashes          excluded_items, excluded_categories, excluded_brands;
    sotto_slot_content *slots;
    uint32_t            slot_count;
    cli_pictures_source pictures;

    const sotto_consent_content *consent; /* NULL: the shop's own code asks */

    struct sotto_plan_content *plan;      /* segments, campaigns and so on; NULL: there are none */
    cli_named_key             *keys;      /* that the plan names */
    uint32_t                   key_count;
    cli_mistakes               warnings;  /* what may not be meant */
} cli_site;

/*
 * Reads a site file. False if there is any mistake; they are in `mistakes` then. A file that
 * cannot be read or is no JSON is a mistake as well.
 */
bool cli_site_read(cli_pool *pool, const char *file, cli_site *site, cli_mistakes *mistakes);

/* Reads a site file and reports every mistake to people. */
bool cli_site_load(cli_pool *pool, const char *file, cli_site *site);

/* Adds to a list of mistakes or warnings. */
void cli_mistakes_add(cli_pool *pool, cli_mistakes *mistakes, cli_mistake mistake);

/* Reports mistakes, each with its hint, and warnings in the same way. */
void cli_mistakes_report(const char *file, const cli_mistakes *mistakes);
void cli_warnings_report(const char *file, const cli_mistakes *warnings);

/* The trainer's options, as the site has them. */
sotto_train_options cli_site_train_options(const cli_site *site);

#endif
