/*
 * show_sections.c - where the bytes went
 *
 *     model.0123456789abcdef.sotto: model, 1,000 items, 31,264 bytes (24,310 as brotli)
 *       IDS   the shop's own ids            9,040     9.04   28.9 %  #####...............
 */
#include "cli/show.h"

#include "base/bytes.h"
#include "cli/files.h"
#include "cli/number.h"
#include "cli/shown.h"

#include <brotli/encode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAR_WIDTH 20

/* Past this size the best compression (11) takes longer than it is worth waiting for. */
#define BROTLI_BEST_MAX_SIZE (4u << 20)
#define BROTLI_QUICK_QUALITY 9

static const struct {
    const char *tag, *words;
} section_words[] = {
    {"IDS ", "the shop's own ids"},      {"POPU", "popularity"},
    {"TOPS", "ranked lists"},            {"LNK1", "links: viewed next"},
    {"LNK2", "links: bought together"},  {"LNK3", "links: viewed, bought"},
    {"PARM", "ranking parameters"},
    {"lnk1", "new: viewed next"},        {"lnk2", "new: bought together"},
    {"lnk3", "new: viewed, bought"},     {"lnk4", "links: looks alike"},
    {"news", "the newest items"},
    {"vect", "vectors of items"},        {"near", "blocks of neighbours"},
    {"enco", "encoder of sessions"},     {"rcnt", "looked at lately"},
    {"rank", "re-ranker"},               {"tree", "re-ranker: trees"},
    {"clus", "kinds of shoppers"},
    {"bskt", "next basket: network"},    {"blnk", "next basket: links"},
    {"bpop", "next basket: popularity"}, {"blft", "next basket: likeliness"},
    {"rhyt", "when bought again"},
    {"COLS", "prices, stock and so on"}, {"TITL", "titles"},
    {"URLS", "addresses"},               {"IMGS", "pictures"},
    {"CATS", "categories"},              {"CATP", "categories above"},
    {"BRND", "brands"},                  {"CTOP", "best of each category"},
    {"ATTN", "attribute names"},         {"ATTV", "attribute values"},
    {"ATVN", "values' attributes"},      {"ATTR", "attributes of items"},
    {"pics", "which items, and where"},  {"pixl", "the pictures' files"},
    {"SITE", "the shop's settings"},     {"RULE", "rules for all slots"},
    {"SLOT", "slots"},                   {"cnst", "whose word on consent"},
    {"cstr", "texts of campaigns"},      {"ckey", "what they ask for"},
    {"deci", "rules for all campaigns"}, {"segm", "segments"},
    {"expt", "experiments"},             {"offr", "offers"},
    {"camp", "campaigns"},
};

static const char *words_for(const char *tag)
{
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(section_words); i++) {
        if (strcmp(section_words[i].tag, tag) == 0) {
            return section_words[i].words;
        }
    }
    return "(of a later version)";
}

size_t cli_brotli_size(const uint8_t *bytes, size_t size)
{
    size_t room = BrotliEncoderMaxCompressedSize(size);
    int quality = size <= BROTLI_BEST_MAX_SIZE ? BROTLI_MAX_QUALITY : BROTLI_QUICK_QUALITY;
    uint8_t *packed = room ? malloc(room) : NULL;
    bool good = packed
             && BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, size,
                                      bytes, &room, packed);
    free(packed);
    return good ? room : 0;
}

static void show_row(const char *tag, const char *words, size_t size, uint32_t item_count,
                     size_t file_size)
{
    char number[CLI_NUMBER_SIZE];
    char bar[BAR_WIDTH + 1] = {0};
    char each[16] = "";
    double share = (double)size / (double)file_size;
    for (int i = 0; i < BAR_WIDTH; i++) {
        bar[i] = i < (int)(share * BAR_WIDTH + 0.5) ? '#' : '.';
    }
    if (item_count) {
        snprintf(each, sizeof each, "%.2f", (double)size / item_count);
    }
    printf("  %-4s  %-23s %11s %8s  %5.1f %%  %s\n", tag, words, cli_number_group(number, size),
           each, 100 * share, bar);
}

void cli_show_sections(const cli_document *part)
{
    char items[CLI_NUMBER_SIZE];
    char size[CLI_NUMBER_SIZE];
    char packed[CLI_NUMBER_SIZE];
    size_t rest = part->size;
    size_t packed_size = cli_brotli_size(part->bytes, part->size);
    uint32_t item_count = sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT);
    printf("%s: %s", cli_path_name(part->path), cli_document_name(part->kind));
    if (item_count) {
        printf(", %s items", cli_number_group(items, item_count));
    }
    printf(", %s bytes", cli_number_group(size, part->size));
    if (packed_size) {
        printf(" (%s as brotli)", cli_number_group(packed, packed_size));
    }
    printf("\n  %-4s  %-23s %11s %8s  %7s\n", "", "section", "bytes", item_count ? "an item" : "",
           "share");
    for (uint32_t i = 0; i < cli_section_count(part); i++) {
        cli_section section = cli_section_get(part, i);
        show_row(section.tag, words_for(section.tag), section.size, item_count, part->size);
        rest -= section.size;
    }
    show_row("", "header and table", rest, item_count, part->size);
}

void cli_json_sections(cli_json *json, const cli_document *part, const sotto_bundle *bundle)
{
    uint32_t item_count = sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT);
    cli_json_object(json, NULL);
    cli_json_text(json, "file", cli_path_name(part->path));
    cli_json_text(json, "kind", cli_document_name(part->kind));
    cli_json_number(json, "bytes", part->size);
    cli_json_number(json, "brotli_bytes", cli_brotli_size(part->bytes, part->size));
    cli_json_number(json, "items", item_count);
    cli_json_hash(json, "identity", sotto_load_u64(part->bytes + SOTTO_HEAD_IDENTITY));
    cli_json_array(json, "sections");
    for (uint32_t i = 0; i < cli_section_count(part); i++) {
        cli_section section = cli_section_get(part, i);
        cli_json_object(json, NULL);
        cli_json_text(json, "tag", section.tag);
        cli_json_number(json, "bytes", section.size);
        if (item_count) {
            cli_json_real(json, "bytes_per_item", (double)section.size / item_count, 3);
        }
        cli_json_end(json);
    }
    cli_json_end(json);
    if (cli_section_find(part, "vect").bytes || cli_section_find(part, "bskt").bytes) {
        cli_dump_ranking(json, part);
    }
    cli_json_clusters(json, bundle);
    cli_json_end(json);
}

void cli_show_manifest(const sotto_manifest *manifest, const sotto_bundle *bundle)
{
    char created[CLI_NUMBER_SIZE];
    char expires[CLI_NUMBER_SIZE];
    if (bundle) {
        sotto_text shop = sotto_bundle_site(bundle).shop_id;
        cli_show_text(shop);
        fputs(shop.size ? ": " : "", stdout);
    }
    printf("publication %llu of %s", (unsigned long long)manifest->sequence,
           cli_number_time(created, manifest->created_s));
    if (manifest->expires_s) {
        printf(", until %s", cli_number_time(expires, manifest->expires_s));
    }
    if (manifest->signature) {
        printf(", signed by key %016llx\n", (unsigned long long)manifest->key_id);
    } else {
        puts(", not signed");
    }
}
