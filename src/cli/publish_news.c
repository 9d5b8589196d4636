/*
 * publish_news.c - which items are new, and where items stand that no model has put in order
 */
#include "cli/publish.h"

#include <stdlib.h>
#include <string.h>

#define NEWS_MAX 128u

/* A product on its way into the list. */
typedef struct dated_product {
    uint32_t product, added_s;
} dated_product;

/* Latest first; of the same date the one further down in the feed. */
static int compare_dates(const void *left, const void *right)
{
    const dated_product *a = left;
    const dated_product *b = right;
    if (a->added_s != b->added_s) {
        return a->added_s > b->added_s ? -1 : 1;
    }
    return a->product > b->product ? -1 : a->product < b->product;
}

void cli_publish_news(cli_pool *pool, const cli_feed_source *source, const cli_feed *feed,
                      const uint32_t *indexes, const sotto_bundle *model,
                      sotto_catalogue_content *catalogue)
{
    dated_product *dated = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *dated);
    bool learned = model->links[SOTTO_NEXT - 1].row_count > 0
                || model->links[SOTTO_TOGETHER - 1].row_count > 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < feed->count; i++) {
        bool is_new = source->added ? feed->products[i].added_s > 0
                                    : !learned || indexes[i] >= catalogue->model_item_count;
        if (is_new) {
            dated[count++] = (dated_product){i, feed->products[i].added_s};
        }
    }
    if (count) {
        qsort(dated, count, sizeof *dated, compare_dates);
    }
    uint32_t *newest = cli_pool_alloc(pool, NEWS_MAX, sizeof *newest);
    for (uint32_t i = 0; i < count && i < NEWS_MAX; i++) {
        newest[catalogue->newest_count++] = indexes[dated[i].product];
    }
    catalogue->newest = newest;
}

/* What is alike stands together: by category, then title, then brand, then as in the feed. */
static int compare_products(const void *left, const void *right)
{
    const cli_product *a = *(const cli_product *const *)left;
    const cli_product *b = *(const cli_product *const *)right;
    int order = cli_text_compare(a->category, b->category);
    order = order ? order : cli_text_compare(a->title, b->title);
    order = order ? order : cli_text_compare(a->brand, b->brand);
    return order ? order : a < b ? -1 : a > b;
}

uint32_t *cli_publish_order(cli_pool *pool, const cli_feed *feed)
{
    const cli_product **sorted = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *sorted);
    uint32_t *order = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *order);
    for (uint32_t i = 0; i < feed->count; i++) {
        sorted[i] = &feed->products[i];
    }
    if (feed->count) {
        qsort(sorted, feed->count, sizeof *sorted, compare_products);
    }
    for (uint32_t i = 0; i < feed->count; i++) {
        order[i] = (uint32_t)(sorted[i] - feed->products);
    }
    return order;
}
