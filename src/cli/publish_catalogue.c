/*
 * publish_catalogue.c - products and model to the catalogue part
 *
 * The model's items keep their places; products it never met come after them. What the model knows
 * and the feed does not is no longer sold: it stays as an item (shoppers' histories lead over it)
 * but is not listed and never shown.
 */
#include "cli/publish.h"

#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define TOP_MAX 64 /* FORMAT.md section 4, CTOP */
#define LOOKS   8u /* items that look like an item */

typedef struct catalogue_builder {
    cli_pool              *pool;
    const cli_feed_source *source;
    const cli_feed        *feed;
    const sotto_bundle    *model;
    uint32_t              *indexes; /* item index of each product */
    sotto_string          *new_ids;
    uint32_t               model_item_count, item_count;
    cli_names              categories, brands;
    uint32_t              *parents;
    cli_values             values;
    sotto_catalogue_item  *items;
    sotto_text             url_template, image_template;
    bool                   images;  /* have addresses */
    uint32_t              *top_starts, *tops;
} catalogue_builder;

/* Gives every product its item index. */
static void place_products(catalogue_builder *builder)
{
    const cli_feed *feed = builder->feed;
    builder->model_item_count = sotto_item_count(builder->model);
    builder->item_count = builder->model_item_count;
    builder->indexes = cli_pool_alloc(builder->pool, (size_t)feed->count + 1, sizeof(uint32_t));
    builder->new_ids = cli_pool_alloc(builder->pool, (size_t)feed->count + 1, sizeof(sotto_string));
    const uint32_t *order = cli_publish_order(builder->pool, feed);
    for (uint32_t place = 0; place < feed->count; place++) {
        uint32_t i = order[place];
        uint32_t index = sotto_item_find_hash(builder->model, feed->products[i].hash);
        if (index == SOTTO_NO_ITEM) {
            builder->new_ids[builder->item_count - builder->model_item_count] =
                feed->products[i].id;
            index = builder->item_count++;
        }
        builder->indexes[i] = index;
    }
}

static void find_parents(catalogue_builder *builder)
{
    const cli_names *categories = &builder->categories;
    builder->parents =
        cli_pool_alloc(builder->pool, (size_t)categories->count + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < categories->count; i++) {
        builder->parents[i] = cli_names_find(categories, cli_category_above(categories->names[i]));
    }
}

/* The site's own template, or one that the feed's addresses follow. */
static sotto_text choose_template(catalogue_builder *builder, const char *given, size_t offset)
{
    return given[0] ? (sotto_text){given, strlen(given)}
                    : cli_template_guess(builder->pool, builder->feed, offset);
}

/* Empty where the template says the same. */
static sotto_string shorten(sotto_text address_template, const cli_product *product,
                            sotto_text address)
{
    return cli_template_gives(address_template, product->id, address) ? (sotto_string){"", 0}
                                                                       : address;
}

static void fill_values(catalogue_builder *builder, const cli_product *product,
                        sotto_catalogue_item *item)
{
    size_t attribute_count = builder->source->attribute_count;
    uint32_t *values = cli_pool_alloc(builder->pool, attribute_count + 1, sizeof *values);
    for (uint32_t i = 0; i < attribute_count; i++) {
        if (product->values[i].size) {
            values[item->value_count++] =
                cli_values_find(&builder->values, (cli_value){i, product->values[i]});
        }
    }
    item->values = values;
}

static void fill_items(catalogue_builder *builder)
{
    builder->items =
        cli_pool_alloc(builder->pool, (size_t)builder->item_count + 1, sizeof *builder->items);
    for (uint32_t i = 0; i < builder->item_count; i++) {
        builder->items[i] = (sotto_catalogue_item){
            .title = {"", 0}, .url = {"", 0}, .image = {"", 0}, .price = SOTTO_NO_PRICE,
            .list_price = SOTTO_NO_PRICE, .category = SOTTO_NONE, .brand = SOTTO_NONE,
        };
    }
    for (uint32_t i = 0; i < builder->feed->count; i++) {
        const cli_product *product = &builder->feed->products[i];
        sotto_catalogue_item *item = &builder->items[builder->indexes[i]];
        item->title = product->title;
        item->url = shorten(builder->url_template, product, product->url);
        item->image = builder->images
                          ? shorten(builder->image_template, product, product->image)
                          : (sotto_string){"", 0};
        item->price = product->price;
        item->list_price = product->list_price;
        item->category = cli_names_find(&builder->categories, product->category);
        item->brand = cli_names_find(&builder->brands, product->brand);
        item->listed = true;
        item->in_stock = product->in_stock;
        fill_values(builder, product, item);
    }
}

/* A product on its way into the lists of its category. */
typedef struct ranked_product {
    uint32_t product, place, popularity; /* place: among the popular of these days */
    bool     in_stock;
} ranked_product;

/* In stock first, then the popular of these days, then of all days, then as the feed has them. */
static int compare_ranked(const void *left, const void *right)
{
    const ranked_product *a = left;
    const ranked_product *b = right;
    if (a->in_stock != b->in_stock) {
        return a->in_stock ? -1 : 1;
    }
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    if (a->popularity != b->popularity) {
        return a->popularity > b->popularity ? -1 : 1;
    }
    return a->product < b->product ? -1 : a->product > b->product;
}

/* By item: its place in the model's popular list, which forgets; past its end for all others. */
static const uint32_t *popular_places(const catalogue_builder *builder)
{
    uint32_t *places =
        cli_pool_alloc(builder->pool, (size_t)builder->item_count + 1, sizeof *places);
    uint32_t item;
    for (uint32_t i = 0; i < builder->item_count; i++) {
        places[i] = UINT32_MAX;
    }
    for (uint32_t i = 0;
         (item = sotto_top_get(builder->model, SOTTO_TOP_POPULAR, i)) != SOTTO_NO_ITEM; i++) {
        places[item] = i;
    }
    return places;
}

static ranked_product *rank_products(catalogue_builder *builder)
{
    const uint32_t *places = popular_places(builder);
    const cli_feed *feed = builder->feed;
    ranked_product *ranked =
        cli_pool_alloc(builder->pool, (size_t)feed->count + 1, sizeof *ranked);
    for (uint32_t i = 0; i < feed->count; i++) {
        uint32_t index = builder->indexes[i];
        ranked[i] = (ranked_product){
            .product = i,
            .place = places[index],
            .popularity = index < builder->model_item_count
                              ? sotto_item_popularity(builder->model, index) : 0,
            .in_stock = feed->products[i].in_stock,
        };
    }
    if (feed->count) {
        qsort(ranked, feed->count, sizeof *ranked, compare_ranked);
    }
    return ranked;
}

/* Each product goes to its category and all above it, until those lists are full. */
static void fill_tops(catalogue_builder *builder)
{
    uint32_t count = builder->categories.count;
    const ranked_product *ranked = rank_products(builder);
    uint32_t *counts = cli_pool_alloc(builder->pool, (size_t)count + 1, sizeof *counts);
    uint32_t *lists = cli_pool_alloc(builder->pool, (size_t)count * TOP_MAX + 1, sizeof *lists);
    builder->top_starts = cli_pool_alloc(builder->pool, (size_t)count + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < builder->feed->count; i++) {
        uint32_t index = builder->indexes[ranked[i].product];
        uint32_t category = builder->items[index].category;
        for (; category != SOTTO_NONE; category = builder->parents[category]) {
            if (counts[category] < TOP_MAX) {
                lists[(size_t)category * TOP_MAX + counts[category]++] = index;
            }
        }
    }
    builder->tops = cli_pool_alloc(builder->pool, (size_t)count * TOP_MAX + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < count; i++) {
        memcpy(builder->tops + builder->top_starts[i], lists + (size_t)i * TOP_MAX,
               counts[i] * sizeof *lists);
        builder->top_starts[i + 1] = builder->top_starts[i] + counts[i];
    }
}

static bool write_catalogue(const catalogue_builder *builder, sotto_bytes *part, cli_looks *looks)
{
    size_t attribute_count = builder->source->attribute_count;
    cli_pool *pool = builder->pool;
    sotto_string *attribute_names = cli_pool_alloc(pool, attribute_count + 1, sizeof(sotto_string));
    for (size_t i = 0; i < attribute_count; i++) {
        const char *name = builder->source->attributes[i].name;
        attribute_names[i] = (sotto_string){name, strlen(name)};
    }
    uint32_t value_count = builder->values.count;
    sotto_string *values = cli_pool_alloc(pool, (size_t)value_count + 1, sizeof *values);
    uint32_t *value_names = cli_pool_alloc(pool, (size_t)value_count + 1, sizeof *value_names);
    for (uint32_t i = 0; i < value_count; i++) {
        values[i] = builder->values.values[i].text;
        value_names[i] = builder->values.values[i].attribute;
    }
    sotto_catalogue_content content = {
        .identity = builder->model->identity,
        .model_item_count = builder->model_item_count,
        .item_count = builder->item_count,
        .new_ids = builder->new_ids,
        .items = builder->items,
        .title_template = {"", 0},
        .url_template = builder->url_template,
        .image_template = builder->image_template,
        .categories = builder->categories.names,
        .category_parents = builder->parents,
        .category_count = builder->categories.count,
        .brands = builder->brands.names,
        .brand_count = builder->brands.count,
        .attribute_names = attribute_names,
        .attribute_name_count = (uint32_t)attribute_count,
        .attribute_values = values,
        .attribute_value_names = value_names,
        .attribute_value_count = value_count,
        .category_top_starts = builder->top_starts,
        .category_top = builder->tops,
    };
    const char *why = NULL;
    cli_publish_news(pool, builder->source, builder->feed, builder->indexes, builder->model,
                     &content);
    if (!cli_publish_looks(pool, builder->model, LOOKS, &content, looks)) {
        return false;
    }
    return sotto_catalogue_write(&content, part, &why) == SOTTO_OK
        || cli_error("%s: no catalogue can be made of it: %s", builder->source->file,
                     why ? why : "it is beyond the format's limits");
}

bool cli_publish_catalogue(cli_pool *pool, const cli_feed_source *feed_source, const cli_feed *feed,
                           const sotto_bundle *model, bool images, sotto_bytes *part,
                           cli_looks *looks)
{
    catalogue_builder builder = {.pool = pool, .source = feed_source, .feed = feed, .model = model,
                                 .images = images};
    place_products(&builder);
    builder.categories = cli_names_of_categories(pool, feed);
    builder.brands = cli_names_of_brands(pool, feed);
    builder.values = cli_values_of(pool, feed, feed_source->attribute_count);
    builder.url_template =
        choose_template(&builder, feed_source->url_template, offsetof(cli_product, url));
    builder.image_template =
        images ? choose_template(&builder, feed_source->image_template, offsetof(cli_product, image))
               : (sotto_text){"", 0};
    find_parents(&builder);
    fill_items(&builder);
    fill_tops(&builder);
    return write_catalogue(&builder, part, looks);
}

bool cli_publish_bare_model(cli_pool *pool, const cli_feed *feed, sotto_bytes *part)
{
    sotto_string *ids = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *ids);
    uint8_t *popularity = cli_pool_alloc(pool, (size_t)feed->count + 1, 1);
    const uint32_t *order = cli_publish_order(pool, feed);
    for (uint32_t i = 0; i < feed->count; i++) {
        ids[i] = feed->products[order[i]].id;
    }
    sotto_model_content content = {
        .item_count = feed->count,
        .ids = ids,
        .popularity = popularity,
        .history_count = 1,
        .position_weight = {65536},
    };
    const char *why = NULL;
    return sotto_model_write(&content, part, &why) == SOTTO_OK
        || cli_error("no model can be made of the feed: %s", why ? why : "it is beyond the limits");
}
