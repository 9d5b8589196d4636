/*
 * site_feed.c - where the product feed is and what its columns mean
 */
#include "cli/site_node.h"

/* A list of columns that keep their names, or an object from our name to theirs. */
static void read_attributes(const cli_node *node, cli_feed_source *feed)
{
    bool is_list = cJSON_IsArray(node->json) != 0;
    if (!is_list && !cJSON_IsObject(node->json)) {
        cli_node_mistake(node, NULL,
                         "expected a list of columns, or an object from our name to theirs");
        return;
    }
    uint32_t count = (uint32_t)cJSON_GetArraySize(node->json);
    if (!is_list) {
        cli_node_unique(node);
    }
    feed->attributes = cli_pool_alloc(node->reader->pool, count + 1, sizeof *feed->attributes);
    const cJSON *at = NULL;
    cli_node member;
    for (uint32_t i = 0; is_list && i < count; i++) {
        member = cli_node_at(node, i);
        const char *name = cli_node_text(&member, "");
        feed->attributes[feed->attribute_count++] = (cli_attribute){name, name};
    }
    while (!is_list && cli_node_next(node, &at, &member)) {
        feed->attributes[feed->attribute_count++] =
            (cli_attribute){member.key, cli_node_text(&member, "")};
    }
    if (feed->attribute_count > SOTTO_TABLE_MAX_COLUMNS - 16) {
        cli_node_mistake(node, NULL, "more than %d attributes", SOTTO_TABLE_MAX_COLUMNS - 16);
        feed->attribute_count = 0;
    }
}

static void read_columns(const cli_node *node, cli_feed_source *feed)
{
    static const char *const keys[] = {"id", "title", "url", "image", "price", "list_price",
                                       "category", "brand", "stock", "added", "attributes"};
    const char **const places[] = {&feed->id, &feed->title, &feed->url, &feed->image, &feed->price,
                                   &feed->list_price, &feed->category, &feed->brand, &feed->stock,
                                   &feed->added};
    cli_node columns;
    cli_node member;
    if (!cli_node_need(node, "columns", &columns)
        || !cli_node_object(&columns, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(places); i++) {
        *places[i] = cli_member_text(&columns, keys[i], NULL);
    }
    cli_node_need(&columns, "id", &member);
    if (cli_node_get(&columns, "attributes", &member)) {
        read_attributes(&member, feed);
    }
}

static void read_templates(const cli_node *node, cli_feed_source *feed)
{
    static const char *const keys[] = {"url", "image"};
    cli_node templates;
    feed->url_template = feed->image_template = "";
    if (cli_node_get(node, "templates", &templates)
        && cli_node_object(&templates, keys, SOTTO_ARRAY_COUNT(keys))) {
        feed->url_template = cli_member_text(&templates, "url", "");
        feed->image_template = cli_member_text(&templates, "image", "");
    }
}

void cli_site_read_feed(const cli_node *node, cli_site *site)
{
    static const char *const keys[] = {"file", "format", "delimiter", "columns", "templates",
                                       "duplicates", "max_bad"};
    static const char *const duplicates[] = {"refuse", "last"};
    cli_feed_source *feed = &site->feed;
    cli_node member;
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    const char *file = NULL;
    if (cli_node_need(node, "file", &member)) {
        file = cli_node_text(&member, "");
        feed->file = cli_node_path(node, file);
    }
    cli_site_read_format(node, file, &feed->format, &feed->delimiter);
    read_columns(node, feed);
    read_templates(node, feed);
    if (cli_node_get(node, "duplicates", &member)) {
        feed->last_wins = cli_node_choice(&member, duplicates, SOTTO_ARRAY_COUNT(duplicates)) == 1;
    }
    feed->max_bad = cli_member_real(node, "max_bad", 0, 1, SOTTO_LOG_MAX_BAD_DEFAULT);
}
