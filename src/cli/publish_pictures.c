/*
 * publish_pictures.c - the shop's picture files to the pictures part
 *
 * A product's picture is the file whose name its image address ends with. The more of the address a
 * file's path agrees with, the surer it is the one, so the longest end is tried first:
 *
 *     https://cdn.example/media/mugs/fog.png?v=3    media/mugs/fog.png, mugs/fog.png, fog.png
 *
 * An address comes from a feed and may say anything: a file is looked for as a web server would,
 * below the folder and nowhere else. Each picture goes in as it is: neither decoded nor made
 * smaller, since whoever makes the thumbnails knows best what is on them.
 */
#include "cli/publish.h"

#include "cli/number.h"
#include "cli/picture_type.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ADDRESS_SIZE 2048

typedef struct picture_chooser {
    cli_pool                  *pool;
    const cli_pictures_source *source;
    char                       root[PATH_MAX];   /* the folder's real path */
    uint8_t                   *room;             /* for one file, and one byte more */
    cli_pictures              *report;
} picture_chooser;

static const char *const reason_words[CLI_PICTURE_REASONS] = {
    [CLI_PICTURE_NO_ADDRESS] = "the feed has no image of",
    [CLI_PICTURE_ODD_ADDRESS] = "the image is no address of a file",
    [CLI_PICTURE_MISSING] = "no such file in the folder",
    [CLI_PICTURE_TOO_LARGE] = "larger than \"max\"",
    [CLI_PICTURE_UNKNOWN] = "no SVG, PNG, JPEG, WebP or AVIF",
    [CLI_PICTURE_NO_ROOM] = "no room left in the budget",
};

static const char *const reason_keys[CLI_PICTURE_REASONS] = {
    "no_address", "odd_address", "missing", "too_large", "unknown_type", "no_room",
};

static bool leave_out(picture_chooser *chooser, cli_picture_reason reason, const char *example)
{
    cli_picture_drop *drop = &chooser->report->drops[reason];
    if (drop->count < CLI_PICTURE_EXAMPLES) {
        drop->examples[drop->count] = cli_pool_copy(chooser->pool, example, strlen(example));
    }
    drop->count++;
    return false;
}

/* The path of an address: from its first slash, after the host if it has one, up to ? or #. */
static bool path_of(sotto_text address, char path[ADDRESS_SIZE])
{
    size_t start = 0;
    for (size_t i = 0; i + 2 < address.size && start == 0; i++) {
        start = memcmp(address.bytes + i, "://", 3) == 0 ? i + 3 : 0;
    }
    if (start == 0 && address.size > 2 && memcmp(address.bytes, "//", 2) == 0) {
        start = 2;
    }
    while (start > 0 && start < address.size && address.bytes[start] != '/') {
        start++;
    }
    size_t end = start;
    while (end < address.size && address.bytes[end] != '?' && address.bytes[end] != '#') {
        end++;
    }
    bool slash = start < end && address.bytes[start] == '/';
    int size = snprintf(path, ADDRESS_SIZE, "%s%.*s", slash ? "" : "/", (int)(end - start),
                        address.bytes + start);
    return size > 1 && size < ADDRESS_SIZE && memchr(address.bytes, 0, address.size) == NULL;
}

/* Whether an address goes up, or says what no file's name does. */
static bool path_is_odd(const char *path)
{
    char decoded[ADDRESS_SIZE];
    if (!cli_serve_decode(path, decoded, sizeof decoded)) {
        return true;
    }
    size_t size = strlen(decoded);
    return strstr(decoded, "/../") != NULL || decoded[size - 1] == '/'
        || (size >= 3 && strcmp(decoded + size - 3, "/..") == 0);
}

/* The file that an address ends with, as its longest end that is one. */
static bool find_file(const picture_chooser *chooser, const char *path, char file[PATH_MAX])
{
    for (const char *end = path; end != NULL; end = strchr(end + 1, '/')) {
        if (cli_serve_find(chooser->root, end, file) == CLI_PLACE_FILE) {
            return true;
        }
    }
    return false;
}

/* Reads a file that is not larger than the chooser's room. */
static bool read_file(picture_chooser *chooser, const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    *size = fread(chooser->room, 1, (size_t)chooser->source->max + 1, file);
    bool good = !ferror(file);
    fclose(file);
    return good;
}

static bool choose_file(picture_chooser *chooser, const char *file, const char *example,
                        sotto_picture_content *picture)
{
    struct stat facts;
    size_t size = 0;
    uint64_t left = chooser->source->budget - chooser->report->bytes;
    if (stat(file, &facts) == 0 && (uint64_t)facts.st_size > chooser->source->max) {
        return leave_out(chooser, CLI_PICTURE_TOO_LARGE, example);
    }
    if ((uint64_t)facts.st_size > left) {
        return leave_out(chooser, CLI_PICTURE_NO_ROOM, example);
    }
    if (!read_file(chooser, file, &size)) {
        return leave_out(chooser, CLI_PICTURE_MISSING, example);
    }
    if (!cli_picture_type(chooser->room, size, &picture->type)) {
        return leave_out(chooser, CLI_PICTURE_UNKNOWN, example);
    }
    if (size > chooser->source->max || size > left) {
        return leave_out(chooser, CLI_PICTURE_TOO_LARGE, example);
    }
    picture->bytes = (const uint8_t *)cli_pool_copy(chooser->pool, (const char *)chooser->room, size);
    picture->size = size;
    chooser->report->bytes += size;
    chooser->report->count++;
    return true;
}

/* A product's picture, unless it has none that can be had; the report then says why. */
static bool choose_picture(picture_chooser *chooser, const cli_product *product,
                           const char *image_template, sotto_picture_content *picture)
{
    char path[ADDRESS_SIZE];
    char file[PATH_MAX];
    sotto_text address = product->image;
    if (address.size == 0 && image_template[0]) {
        address = cli_template_fill(chooser->pool, image_template, product->id);
    }
    if (address.size == 0) {
        return leave_out(chooser, CLI_PICTURE_NO_ADDRESS,
                         cli_pool_copy(chooser->pool, product->id.bytes, product->id.size));
    }
    const char *example = cli_pool_copy(chooser->pool, address.bytes, address.size);
    if (!path_of(address, path) || path_is_odd(path)) {
        return leave_out(chooser, CLI_PICTURE_ODD_ADDRESS, example);
    }
    if (!find_file(chooser, path, file)) {
        return leave_out(chooser, CLI_PICTURE_MISSING, example);
    }
    return choose_file(chooser, file, example, picture);
}

static int compare_items(const void *left, const void *right)
{
    uint32_t a = ((const sotto_picture_content *)left)->item;
    uint32_t b = ((const sotto_picture_content *)right)->item;
    return a < b ? -1 : a > b;
}

static bool choose_pictures(picture_chooser *chooser, const cli_site *site,
                            const cli_feed_source *source, const cli_feed *feed,
                            const sotto_bundle *bundle, sotto_pictures_content *content)
{
    const uint32_t *order = cli_publish_shown(chooser->pool, site, feed, bundle);
    const char *image_template = source->image_template ? source->image_template : "";
    sotto_picture_content *pictures =
        cli_pool_alloc(chooser->pool, (size_t)feed->count + 1, sizeof *pictures);
    cli_progress_start("pictures");
    for (uint32_t i = 0; i < feed->count; i++) {
        const cli_product *product = &feed->products[order[i]];
        sotto_picture_content *picture = &pictures[content->picture_count];
        cli_progress_tell(NULL, i, feed->count, 0);
        if (content->picture_count < SOTTO_MAX_PICTURES
            && choose_picture(chooser, product, image_template, picture)) {
            picture->item = sotto_item_find_hash(bundle, product->hash);
            content->picture_count++;
        }
    }
    cli_progress_clear();
    content->pictures = pictures;
    if (content->picture_count == 0) {
        cli_error("%s: none of the products' pictures is here", chooser->source->folder);
        cli_pictures_report(chooser->report);
        cli_hint("\"pictures.folder\" is where the files are that the feed's images end with");
        return false;
    }
    qsort(pictures, content->picture_count, sizeof *pictures, compare_items);
    return true;
}

bool cli_publish_pictures(cli_pool *pool, const cli_site *site, const cli_feed_source *source,
                          const cli_feed *feed, const sotto_bundle *bundle, sotto_bytes *part,
                          cli_pictures *report)
{
    picture_chooser chooser = {.pool = pool, .source = &site->pictures, .report = report};
    sotto_pictures_content content = {
        .identity = bundle->identity, .item_count = sotto_item_count(bundle),
    };
    sotto_pictures opened;
    sotto_fault fault = {0};
    const char *why = NULL;
    report->products = feed->count;
    report->budget = site->pictures.budget;
    if (!cli_folder_exists(site->pictures.folder) || !realpath(site->pictures.folder, chooser.root)) {
        return cli_error("%s: there is no such folder of pictures", site->pictures.folder);
    }
    chooser.room = cli_pool_alloc(pool, (size_t)site->pictures.max + 1, 1);
    if (!choose_pictures(&chooser, site, source, feed, bundle, &content)) {
        return false;
    }
    if (sotto_pictures_write(&content, part, &why) != SOTTO_OK) {
        return cli_error("no pictures part can be written: %s", why ? why : "there is no memory");
    }
    sotto_status status =
        sotto_pictures_open(&opened, bundle, part->bytes, part->size, &fault);
    return status == SOTTO_OK || cli_error_at("the new pictures", status, &fault);
}

void cli_pictures_report(const cli_pictures *report)
{
    char number[CLI_NUMBER_SIZE];
    char of[CLI_NUMBER_SIZE];
    char bytes[CLI_NUMBER_SIZE];
    char budget[CLI_NUMBER_SIZE];
    if (report->count) {
        cli_note("  pictures inside: %s of %s products, %s of %s bytes",
                 cli_number_group(number, report->count), cli_number_group(of, report->products),
                 cli_number_group(bytes, report->bytes), cli_number_group(budget, report->budget));
    }
    for (int i = 0; i < CLI_PICTURE_REASONS; i++) {
        const cli_picture_drop *drop = &report->drops[i];
        if (drop->count == 0) {
            continue;
        }
        cli_note("  without a picture: %s, %s: %s%s%s%s%s%s", cli_number_group(number, drop->count),
                 reason_words[i], drop->examples[0], drop->count > 1 ? ", " : "",
                 drop->count > 1 ? drop->examples[1] : "", drop->count > 2 ? ", " : "",
                 drop->count > 2 ? drop->examples[2] : "",
                 drop->count > CLI_PICTURE_EXAMPLES ? ", ..." : "");
    }
}

void cli_pictures_json(cli_json *json, const cli_pictures *report)
{
    cli_json_object(json, "pictures");
    cli_json_text(json, "from", report->budget ? "inside" : "address");
    if (report->budget) {
        cli_json_number(json, "products", report->count);
        cli_json_number(json, "bytes", report->bytes);
        cli_json_number(json, "budget", report->budget);
        cli_json_object(json, "left_out");
        for (int i = 0; i < CLI_PICTURE_REASONS; i++) {
            cli_json_number(json, reason_keys[i], report->drops[i].count);
        }
        cli_json_end(json);
    }
    cli_json_end(json);
}
