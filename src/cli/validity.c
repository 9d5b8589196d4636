/*
 * validity.c - what opening does not check
 *
 * The model: every id is a text that leads back to its item, and every link table holds as many
 * links as it says. The catalogue: every text is UTF-8, categories stand under their parents, and
 * the best of a category belong to it. The campaigns: slots are in order and say what this version
 * understands, and what they say of consent can be read. The pictures: each is what its type says.
 */
#include "cli/validity.h"

#include "base/bytes.h"
#include "cli/picture_type.h"
#include "cli/utf8.h"
#include "model/consent.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_finding(cli_findings *findings, const char *format, ...)
{
    char text[512];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (findings->count < CLI_FINDINGS_MAX) {
        findings->texts[findings->count] = cli_pool_copy(findings->pool, text, strlen(text));
    }
    findings->count++;
}

static bool is_text(sotto_text text)
{
    return cli_utf8_prefix(text.bytes, text.size) == text.size;
}

/* ---- The model ------------------------------------------------------------------------------ */

static void check_ids(const sotto_bundle *bundle, uint32_t from, uint32_t to,
                      cli_findings *findings)
{
    for (uint32_t i = from; i < to; i++) {
        sotto_text id = sotto_item_id(bundle, i);
        if (id.size == 0 || id.size > SOTTO_MAX_ID_SIZE) {
            cli_finding(findings, "IDS: item %u has no id", i);
        } else if (!is_text(id)) {
            cli_finding(findings, "IDS: the id of item %u is not UTF-8", i);
        } else if (sotto_item_find(bundle, id.bytes, id.size) != i) {
            cli_finding(findings, "IDS: item %u is not found by its id", i);
        }
    }
}

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static void check_hashes(const sotto_bundle *bundle, cli_findings *findings)
{
    uint32_t count = sotto_item_count(bundle);
    uint64_t *hashes = cli_pool_alloc(findings->pool, (size_t)count + 1, sizeof *hashes);
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = sotto_item_hash(bundle, i);
    }
    if (count) {
        qsort(hashes, count, sizeof *hashes, compare_hashes);
    }
    for (uint32_t i = 1; i < count; i++) {
        if (hashes[i - 1] == hashes[i]) {
            cli_finding(findings, "IDS: two items have the hash %016llx",
                        (unsigned long long)hashes[i]);
        }
    }
}

static void check_identity(const cli_document *document, cli_findings *findings)
{
    cli_section ids = cli_section_find(document, "IDS ");
    uint32_t size = sotto_load_u32(ids.bytes + SOTTO_IDS_STRINGS_SIZE);
    uint64_t identity = sotto_load_u64(document->bytes + SOTTO_HEAD_IDENTITY);
    if (size <= ids.size && sotto_hash(ids.bytes + ids.size - size, size) != identity) {
        cli_finding(findings, "the identity is not the hash of the ids");
    }
}

static void check_table(const cli_document *document, sotto_relation relation, const char *tag,
                        cli_findings *findings)
{
    cli_section section = cli_section_find(document, tag);
    sotto_link links[SOTTO_MAX_LINKS];
    uint64_t found = 0;
    if (!section.bytes) {
        return;
    }
    uint32_t max_links = section.bytes[SOTTO_LINKS_MAX_LINKS];
    uint32_t item_count = sotto_load_u32(document->bytes + SOTTO_HEAD_ITEM_COUNT);
    for (uint32_t i = 0; i < item_count; i++) {
        uint32_t count = sotto_item_links(document->bundle, relation, i, links);
        found += count;
        if (count > max_links) {
            cli_finding(findings, "%s: item %u has more than %u links", tag, i, max_links);
        }
        for (uint32_t j = 0; j < count; j++) {
            bool ascends = j == 0 || links[j - 1].item < links[j].item;
            if (!ascends || links[j].weight == 0 || links[j].weight > 65536) {
                cli_finding(findings, "%s: link %u of item %u is out of order or has no weight",
                            tag, j, i);
            }
        }
    }
    uint32_t promised = sotto_load_u32(section.bytes + SOTTO_LINKS_LINK_COUNT);
    if (found != promised) {
        cli_finding(findings, "%s: %llu links, its header says %u", tag, (unsigned long long)found,
                    promised);
    }
}

static void check_tables(const cli_document *document, const char *prefix, cli_findings *findings)
{
    for (uint32_t relation = SOTTO_NEXT; relation <= SOTTO_LOOKS; relation++) {
        char tag[] = {prefix[0], prefix[1], prefix[2], (char)('0' + relation), 0};
        check_table(document, (sotto_relation)relation, tag, findings);
    }
}

static void check_tops(const sotto_bundle *bundle, cli_findings *findings)
{
    uint8_t *seen = cli_pool_alloc(findings->pool, (size_t)sotto_item_count(bundle) + 1, 1);
    for (int list = SOTTO_TOP_POPULAR; list <= SOTTO_TOP_TRENDING; list++) {
        uint32_t item;
        sotto_top top = (sotto_top)list;
        for (uint32_t i = 0; (item = sotto_top_get(bundle, top, i)) != SOTTO_NO_ITEM; i++) {
            if (seen[item] & list) {
                cli_finding(findings, "TOPS: list %d has item %u twice", list, item);
            }
            seen[item] |= (uint8_t)list;
        }
    }
}

static void check_model(const cli_document *document, cli_findings *findings)
{
    const sotto_bundle *bundle = document->bundle;
    check_ids(bundle, 0, sotto_item_count(bundle), findings);
    check_hashes(bundle, findings);
    check_identity(document, findings);
    check_tops(bundle, findings);
    check_tables(document, "LNK", findings);
}

/* ---- The catalogue -------------------------------------------------------------------------- */

/* Whether a path is that of the parent and one level more. */
static bool is_under(sotto_text path, sotto_text parent)
{
    return path.size > parent.size + 3 && memcmp(path.bytes, parent.bytes, parent.size) == 0
        && memcmp(path.bytes + parent.size, " > ", 3) == 0;
}

static bool belongs_to(const sotto_bundle *bundle, uint32_t item, uint32_t category)
{
    uint32_t own = sotto_item_get(bundle, item).category;
    while (own != SOTTO_NONE && own != category) {
        own = sotto_category_parent(bundle, own);
    }
    return own == category;
}

static void check_categories(const sotto_bundle *bundle, cli_findings *findings)
{
    for (uint32_t i = 0; i < sotto_category_count(bundle); i++) {
        sotto_text name = sotto_category_name(bundle, i);
        uint32_t parent = sotto_category_parent(bundle, i);
        uint32_t item;
        if (!name.size || !is_text(name)) {
            cli_finding(findings, "CATS: category %u has no name in UTF-8", i);
        }
        if (parent != SOTTO_NONE && !is_under(name, sotto_category_name(bundle, parent))) {
            cli_finding(findings, "CATP: category %u does not stand under its parent", i);
        }
        for (uint32_t j = 0; (item = sotto_category_top(bundle, i, j)) != SOTTO_NO_ITEM; j++) {
            if (!belongs_to(bundle, item, i)) {
                cli_finding(findings, "CTOP: item %u is not of category %u", item, i);
            }
        }
    }
    for (uint32_t i = 0; i < sotto_brand_count(bundle); i++) {
        if (!is_text(sotto_brand_name(bundle, i))) {
            cli_finding(findings, "BRND: brand %u is not UTF-8", i);
        }
    }
}

static void check_item(const sotto_bundle *bundle, uint32_t item, cli_findings *findings)
{
    static const char *const names[] = {"TITL", "URLS", "IMGS"};
    sotto_text name;
    sotto_text value;
    for (int field = SOTTO_TITLE; field <= SOTTO_IMAGE; field++) {
        if (!is_text(sotto_item_text(bundle, (sotto_field)field, item))) {
            cli_finding(findings, "%s: the text of item %u is not UTF-8", names[field], item);
        }
    }
    uint32_t count = sotto_item_attribute_count(bundle, item);
    for (uint32_t i = 0; i < count; i++) {
        if (!sotto_item_attribute(bundle, item, i, &name, &value) || !is_text(name)
            || !is_text(value)) {
            cli_finding(findings, "ATTR: attribute %u of item %u is not there, or not UTF-8", i,
                        item);
        }
    }
}

static void check_news(const sotto_bundle *bundle, uint32_t item_count, cli_findings *findings)
{
    uint8_t *seen = cli_pool_alloc(findings->pool, (size_t)item_count + 1, 1);
    uint32_t item;
    for (uint32_t i = 0; (item = sotto_top_get(bundle, SOTTO_TOP_NEW, i)) != SOTTO_NO_ITEM; i++) {
        if (seen[item]++) {
            cli_finding(findings, "news: item %u stands twice", item);
        }
    }
}

static void check_catalogue(const cli_document *document, cli_findings *findings)
{
    const sotto_bundle *bundle = document->bundle;
    uint32_t item_count = sotto_load_u32(document->bytes + SOTTO_HEAD_ITEM_COUNT);
    for (int field = SOTTO_TITLE; field <= SOTTO_IMAGE; field++) {
        if (!is_text(sotto_item_template(bundle, (sotto_field)field))) {
            cli_finding(findings, "a template is not UTF-8");
        }
    }
    if (document->model_item_count < item_count) {
        check_ids(bundle, document->model_item_count, item_count, findings);
    }
    check_categories(bundle, findings);
    for (uint32_t i = 0; i < item_count; i++) {
        check_item(bundle, i, findings);
    }
    check_news(bundle, item_count, findings);
    check_tables(document, "lnk", findings);
}

/* ---- The campaigns -------------------------------------------------------------------------- */

static void check_slot(const sotto_slot *slot, uint32_t number, cli_findings *findings)
{
    if (!is_text(slot->name) || !is_text(slot->heading)) {
        cli_finding(findings, "SLOT: name or heading of slot %u is not UTF-8", number);
    }
    for (uint32_t i = 0; i < slot->strategy_count; i++) {
        if (!sotto_strategy_name((sotto_strategy)slot->strategies[i])) {
            cli_finding(findings, "SLOT: slot %u has a strategy of a later version (%u)", number,
                        slot->strategies[i]);
        }
    }
    if (slot->min > slot->count) {
        cli_finding(findings, "SLOT: slot %u wants %u items at least and %u at most", number,
                    slot->min, slot->count);
    }
    for (uint32_t i = 0; i < slot->pinned_count; i++) {
        if (slot->pinned[SOTTO_PIN_SIZE * (size_t)i] >= slot->count) {
            cli_finding(findings, "SLOT: pin %u of slot %u is past its last place", i, number);
        }
    }
}

static void check_consent(const cli_document *document, cli_findings *findings)
{
    sotto_consent consent;
    sotto_fault fault;
    if (sotto_consent_open(&consent, document->bytes, document->size, &fault) != SOTTO_OK) {
        cli_finding(findings, "cnst: %s (at byte %zu), so pages listen to no platform", fault.what,
                    fault.offset);
        return;
    }
    if (!is_text(consent.policy)) {
        cli_finding(findings, "cnst: the policy is not UTF-8");
    }
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
        if (!is_text(consent.names[i])) {
            cli_finding(findings, "cnst: the names of purpose %u are not UTF-8", i);
        }
    }
}

static void check_campaigns(const cli_document *document, cli_findings *findings)
{
    const sotto_bundle *bundle = document->bundle;
    sotto_site site = sotto_bundle_site(bundle);
    uint64_t last = 0;
    if (!is_text(site.shop_id) || !is_text(site.shop_name) || !is_text(site.currency)
        || !is_text(site.locale)) {
        cli_finding(findings, "SITE: a text is not UTF-8");
    }
    for (uint32_t i = 0; i < sotto_slot_count(bundle); i++) {
        sotto_slot slot = sotto_slot_get(bundle, i);
        uint64_t hash = sotto_hash(slot.name.bytes, slot.name.size);
        if (i > 0 && hash <= last) {
            cli_finding(findings, "SLOT: slot %u is out of order, so one is not found", i);
        }
        last = hash;
        check_slot(&slot, i, findings);
    }
    check_consent(document, findings);
    if (!document->plan) {
        cli_finding(findings, "the plan: %s (at byte %zu), so pages show no campaigns",
                    document->plan_fault.what, document->plan_fault.offset);
    }
}

/* ---- The pictures --------------------------------------------------------------------------- */

static void check_pictures(const sotto_pictures *pictures, cli_findings *findings)
{
    sotto_picture picture;
    for (uint32_t i = 0; i < pictures->item_count; i++) {
        sotto_picture_type type;
        if (sotto_picture_get(pictures, i, &picture)
            && (!cli_picture_type(picture.bytes, picture.size, &type) || type != picture.type)) {
            cli_finding(findings, "pixl: the picture of item %u is not %s", i,
                        sotto_picture_type_text(picture.type));
        }
    }
}

/* ---- The manifest --------------------------------------------------------------------------- */

static void check_manifest(const cli_document *document, cli_findings *findings)
{
    const sotto_manifest *manifest = &document->manifest;
    bool has_model = false;
    for (uint32_t i = 0; i < manifest->part_count; i++) {
        has_model = has_model || sotto_manifest_get(manifest, i).kind == SOTTO_MODEL;
    }
    if (!has_model) {
        cli_finding(findings, "the manifest names no model");
    }
}

void cli_validity_check(const cli_document *document, cli_findings *findings)
{
    switch (document->kind) {
    case CLI_DOCUMENT_MODEL: check_model(document, findings); break;
    case CLI_DOCUMENT_CATALOGUE: check_catalogue(document, findings); break;
    case CLI_DOCUMENT_CAMPAIGNS: check_campaigns(document, findings); break;
    case CLI_DOCUMENT_MANIFEST: check_manifest(document, findings); break;
    case CLI_DOCUMENT_RANKER: break; /* opening it with its model checks all there is */
    case CLI_DOCUMENT_PICTURES: check_pictures(&document->pictures, findings); break;
    case CLI_DOCUMENT_PROFILE: break;
    }
}
