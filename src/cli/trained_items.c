/*
 * trained_items.c - what the logs say of the items, kept for publishing
 */
#include "cli/trained_items.h"

#include "cli/bundle_files.h"
#include "cli/json.h"
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>

char *cli_trained_items_file(cli_pool *pool, const char *model_file)
{
    return cli_pool_print(pool, "%s.items.ndjson", model_file);
}

static void print_text(cli_json *json, const char *key, sotto_text text)
{
    if (text.size) {
        cli_json_bytes(json, key, text);
    }
}

static void print_item(FILE *to, sotto_text id, const sotto_trained_item *item)
{
    cli_json json = cli_json_to(to, CLI_JSON_DENSE);
    cli_json_object(&json, NULL);
    cli_json_bytes(&json, "id", id);
    print_text(&json, "title", item->title);
    print_text(&json, "url", item->url);
    print_text(&json, "image", item->image);
    if (item->has_price && item->price > 0) {
        cli_json_real(&json, "price", item->price, 4);
    }
    print_text(&json, "category", item->category);
    print_text(&json, "brand", item->brand);
    cli_json_end(&json);
    cli_json_finish(&json);
}

bool cli_trained_items_add(cli_batch *batch, cli_pool *pool, const char *file,
                           const sotto_trained *trained)
{
    char *text = NULL;
    size_t size = 0;
    sotto_bundle *bundle =
        cli_bundle_from_model(pool, "the model", trained->model.bytes, trained->model.size);
    FILE *to = bundle ? open_memstream(&text, &size) : NULL;
    if (!to) {
        return false;
    }
    for (uint32_t i = 0; i < trained->summary.item_count; i++) {
        print_item(to, sotto_item_id(bundle, i), &trained->items[i]);
    }
    bool added = fclose(to) == 0 && cli_batch_add(batch, pool, file, text, size);
    free(text);
    return added;
}

cli_feed_source cli_trained_items_feed(const char *file)
{
    return (cli_feed_source){
        .file = file,
        .format = SOTTO_LOG_NDJSON,
        .id = "id",
        .title = "title",
        .url = "url",
        .image = "image",
        .price = "price",
        .category = "category",
        .brand = "brand",
        .url_template = "",
        .image_template = "",
    };
}
