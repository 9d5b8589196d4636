/*
 * feed.c - the shop's products, read and checked
 *
 * A row with a fault is left out, counted under a reason and shown, never mended in silence. An id
 * that stands twice is different: either row may be the right one, so the feed is refused unless
 * the site says that the last one counts.
 */
#include "cli/feed.h"

#include "cli/category.h"
#include "cli/feed_values.h"
#include "cli/number.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "train/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { COLUMN_ID, COLUMN_TITLE, COLUMN_URL, COLUMN_IMAGE, COLUMN_PRICE, COLUMN_LIST_PRICE,
       COLUMN_CATEGORY, COLUMN_BRAND, COLUMN_STOCK, COLUMN_ADDED, COLUMN_COUNT };

#define NOT_MAPPED   UINT32_MAX
#define MAX_PRODUCTS SOTTO_MAX_ITEMS

typedef struct feed_reader {
    cli_pool              *pool;
    const cli_feed_source *source;
    uint32_t               price_decimals;
    uint32_t               columns[COLUMN_COUNT]; /* numbers of sotto_table_ask, or NOT_MAPPED */
    uint32_t              *attributes;
    cli_feed              *feed;
    size_t                 room;
} feed_reader;

static bool ask(sotto_table *table, const char *name, bool required, uint32_t *number,
                sotto_train_fault *fault)
{
    *number = NOT_MAPPED;
    return !name || sotto_table_ask(table, name, required, number, fault);
}

static bool ask_all(feed_reader *reader, sotto_table *table, sotto_train_fault *fault)
{
    const cli_feed_source *source = reader->source;
    /* An object may do without a member; a file with a header says at its top what it has. */
    bool has_header = source->format != SOTTO_LOG_NDJSON;
    const char *names[COLUMN_COUNT] = {
        source->id, source->title, source->url, source->image, source->price, source->list_price,
        source->category, source->brand, source->stock, source->added,
    };
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!ask(table, names[i], has_header || i == COLUMN_ID, &reader->columns[i], fault)) {
            return false;
        }
    }
    reader->attributes = cli_pool_alloc(reader->pool, source->attribute_count + 1,
                                        sizeof(uint32_t));
    for (size_t i = 0; i < source->attribute_count; i++) {
        if (!ask(table, source->attributes[i].column, has_header, &reader->attributes[i], fault)) {
            return false;
        }
    }
    return true;
}

static sotto_text field(const sotto_table_row *row, uint32_t number)
{
    return number == NOT_MAPPED ? (sotto_text){"", 0} : sotto_text_trim(row->fields[number]);
}

static void drop_row(feed_reader *reader, const sotto_table_row *row, const char *reason)
{
    cli_feed *feed = reader->feed;
    size_t i = 0;
    while (i < feed->drop_count && strcmp(feed->drops[i].reason, reason) != 0) {
        i++;
    }
    feed->bad++;
    if (i == CLI_FEED_REASONS) {
        return;
    }
    cli_feed_drop *drop = &feed->drops[i];
    if (i == feed->drop_count) {
        feed->drop_count++;
        drop->reason = reason;
    }
    if (drop->count < CLI_FEED_EXAMPLES) {
        int shown = row->raw.size > 80 ? 80 : (int)row->raw.size;
        snprintf(drop->examples[drop->count], sizeof drop->examples[0], "%s:%llu: %.*s",
                 reader->source->file, (unsigned long long)row->line, shown, row->raw.bytes);
    }
    drop->count++;
}

static sotto_text keep(feed_reader *reader, sotto_text text)
{
    return (sotto_text){cli_pool_copy(reader->pool, text.bytes, text.size), text.size};
}

/* The reason why a row cannot be used, or NULL with the product filled. */
static const char *read_product(feed_reader *reader, const sotto_table_row *row,
                                cli_product *product)
{
    sotto_text texts[COLUMN_COUNT];
    if (row->bad) {
        return row->bad;
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        texts[i] = field(row, reader->columns[i]);
        if (!sotto_text_is_clean(texts[i])) {
            return "not UTF-8, or with control characters";
        }
    }
    if (texts[COLUMN_ID].size == 0 || texts[COLUMN_ID].size > SOTTO_MAX_ID_SIZE) {
        return texts[COLUMN_ID].size ? "id longer than 512 bytes" : "no id";
    }
    *product = (cli_product){.line = row->line, .in_stock = true};
    if (!cli_feed_price(texts[COLUMN_PRICE], reader->price_decimals, &product->price)
        || !cli_feed_price(texts[COLUMN_LIST_PRICE], reader->price_decimals,
                           &product->list_price)) {
        return "bad price";
    }
    if (!cli_feed_stock(texts[COLUMN_STOCK], &product->in_stock)) {
        return "bad stock";
    }
    if (!cli_feed_date(texts[COLUMN_ADDED], &product->added_s)) {
        return "bad date";
    }
    product->values = cli_pool_alloc(reader->pool, reader->source->attribute_count + 1,
                                     sizeof *product->values);
    for (size_t i = 0; i < reader->source->attribute_count; i++) {
        sotto_text value = field(row, reader->attributes[i]);
        if (!sotto_text_is_clean(value)) {
            return "not UTF-8, or with control characters";
        }
        product->values[i] = keep(reader, value);
    }
    product->id = keep(reader, texts[COLUMN_ID]);
    product->title = keep(reader, texts[COLUMN_TITLE]);
    product->url = keep(reader, texts[COLUMN_URL]);
    product->image = keep(reader, texts[COLUMN_IMAGE]);
    product->category = cli_category_path(reader->pool, texts[COLUMN_CATEGORY]);
    product->brand = keep(reader, texts[COLUMN_BRAND]);
    product->hash = sotto_hash(product->id.bytes, product->id.size);
    return NULL;
}

static bool take_row(feed_reader *reader, const sotto_table_row *row)
{
    cli_feed *feed = reader->feed;
    cli_product product;
    feed->rows++;
    const char *reason = read_product(reader, row, &product);
    if (reason) {
        drop_row(reader, row, reason);
        return true;
    }
    if (feed->count == MAX_PRODUCTS) {
        return cli_error("%s:%llu: more than %u products", reader->source->file,
                         (unsigned long long)row->line, MAX_PRODUCTS);
    }
    feed->products = cli_array_grow(feed->products, feed->count, &reader->room,
                                    sizeof *feed->products);
    feed->products[feed->count++] = product;
    return true;
}

static bool read_rows(feed_reader *reader, sotto_table *table, sotto_train_fault *fault)
{
    sotto_table_row row;
    struct stat facts = {0};
    stat(reader->source->file, &facts);
    for (;;) {
        switch (sotto_table_next(table, &row, fault)) {
        case SOTTO_TABLE_END: return true;
        case SOTTO_TABLE_FAILED: return cli_error_fault(fault);
        case SOTTO_TABLE_ROW: break;
        }
        if (!take_row(reader, &row)) {
            return false;
        }
        if (reader->feed->rows % 1024 == 0) {
            cli_progress_tell(NULL, sotto_table_position(table), (uint64_t)facts.st_size,
                              reader->feed->rows);
        }
    }
}

static int by_hash_then_line(const void *left, const void *right)
{
    const cli_product *a = *(const cli_product *const *)left;
    const cli_product *b = *(const cli_product *const *)right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return a->line < b->line ? -1 : a->line > b->line;
}

static bool refuse_twins(const cli_feed_source *source, const cli_product *first,
                         const cli_product *second)
{
    bool same = first->id.size == second->id.size
             && memcmp(first->id.bytes, second->id.bytes, first->id.size) == 0;
    if (!same) {
        return cli_error("%s:%llu: the ids on this line and on line %llu have the same hash",
                         source->file, (unsigned long long)second->line,
                         (unsigned long long)first->line);
    }
    cli_error("%s:%llu: the id \"%.*s\" stands on line %llu already", source->file,
              (unsigned long long)second->line, (int)first->id.size, first->id.bytes,
              (unsigned long long)first->line);
    cli_hint("mend the feed, or set \"duplicates\": \"last\" in the site file's feed");
    return false;
}

/* Leaves one product of each id: refuses the feed, or keeps the last one. Order is kept. */
static bool settle_twins(const cli_feed_source *source, cli_feed *feed)
{
    if (feed->count < 2) {
        return true;
    }
    const cli_product **sorted = calloc(feed->count, sizeof *sorted);
    bool good = sorted != NULL || cli_error("out of memory");
    for (uint32_t i = 0; good && i < feed->count; i++) {
        sorted[i] = &feed->products[i];
    }
    if (good) {
        qsort(sorted, feed->count, sizeof *sorted, by_hash_then_line);
    }
    for (uint32_t i = 1; good && i < feed->count; i++) {
        if (sorted[i - 1]->hash == sorted[i]->hash) {
            good = source->last_wins || refuse_twins(source, sorted[i - 1], sorted[i]);
            feed->products[sorted[i - 1] - feed->products].line = 0;
        }
    }
    free(sorted);
    uint32_t kept = 0;
    for (uint32_t i = 0; good && i < feed->count; i++) {
        if (feed->products[i].line) {
            feed->products[kept++] = feed->products[i];
        } else {
            feed->replaced++;
        }
    }
    feed->count = good ? kept : feed->count;
    return good;
}

static bool few_enough_bad(const cli_feed_source *source, const cli_feed *feed)
{
    if ((double)feed->bad <= source->max_bad * (double)feed->rows) {
        return true;
    }
    cli_feed_report(source, feed);
    cli_error("%s: %llu of %llu rows are bad, more than the %g %% that \"max_bad\" allows",
              source->file, (unsigned long long)feed->bad, (unsigned long long)feed->rows,
              100 * source->max_bad);
    cli_hint("mend the feed, or raise feed.max_bad in the site file if those rows may go");
    return false;
}

bool cli_feed_read(cli_pool *pool, const cli_feed_source *source, uint32_t price_decimals,
                   cli_feed *feed)
{
    sotto_train_fault fault = {{0}, {0}};
    *feed = (cli_feed){0};
    feed_reader reader = {.pool = pool, .source = source, .price_decimals = price_decimals,
                          .feed = feed};
    sotto_table *table =
        sotto_table_open(source->file, source->format, source->delimiter, false, &fault);
    if (!table || !ask_all(&reader, table, &fault)) {
        sotto_table_close(table);
        return cli_error_fault(&fault);
    }
    cli_progress_start("products");
    bool good = read_rows(&reader, table, &fault);
    cli_progress_clear();
    sotto_table_close(table);
    if (good && feed->rows == 0) {
        good = cli_error("%s: there are no products in it", source->file);
    }
    good = good && few_enough_bad(source, feed) && settle_twins(source, feed);
    /* What grew by malloc moves to the pool, so that the caller has one thing to free. */
    cli_product *products = cli_pool_alloc(pool, feed->count + 1, sizeof *products);
    if (feed->count) {
        memcpy(products, feed->products, feed->count * sizeof *products);
    }
    free(feed->products);
    feed->products = products;
    return good;
}

void cli_feed_report(const cli_feed_source *source, const cli_feed *feed)
{
    for (size_t i = 0; i < feed->drop_count; i++) {
        const cli_feed_drop *drop = &feed->drops[i];
        char count[CLI_NUMBER_SIZE];
        cli_note("%s: left out %s: %s", source->file, cli_number_group(count, drop->count),
                 drop->reason);
        for (uint64_t j = 0; j < drop->count && j < CLI_FEED_EXAMPLES; j++) {
            cli_note("  %s", drop->examples[j]);
        }
    }
    if (feed->replaced) {
        char count[CLI_NUMBER_SIZE];
        cli_note("%s: left out %s: a later row has the same id", source->file,
                 cli_number_group(count, feed->replaced));
    }
}
