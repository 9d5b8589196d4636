/*
 * site_offers.c - offers, and where forms are posted to
 *
 * Codes are public: whoever opens the campaigns part reads them. What they protect is the shop's
 * own checkout.
 */
#include "cli/site_plan.h"

#include <string.h>

#define CODE_MAX_SIZE  64u
#define LABEL_MAX_SIZE 256u

/* How many codes a kind of offer takes, and what it needs beside them. */
static const struct {
    const char *name;
    uint32_t    least_codes, most_codes, least_items, most_items;
} kinds[] = {
    {"code", 1, 1, 0, 0},
    {"vouchers", 1, SOTTO_PLAN_MAX_CODES, 0, 0},
    {"free-shipping", 0, 0, 0, 0},
    {"bundle", 0, 1, 2, SOTTO_PLAN_MAX_OFFER_ITEMS},
    {"early-access", 0, 1, 0, 0},
};

/* Whether there are as many as this kind of offer takes; notes it if not. */
static bool check_count(const cli_node *offer, const cli_node *list, const char *kind,
                        const char *what, uint32_t count, uint32_t least, uint32_t most)
{
    if (count >= least && count <= most) {
        return true;
    }
    if (most == 0) {
        return cli_node_mistake(list, NULL, "an offer of the kind %s has no %s", kind, what);
    }
    if (!list->json) {
        return cli_node_mistake(offer, NULL, "\"%s\" is missing, which an offer of the kind %s has",
                                what, kind);
    }
    if (least == most) {
        return cli_node_mistake(list, NULL, "%u %s, expected %u of an offer of the kind %s", count,
                                what, most, kind);
    }
    return cli_node_mistake(list, NULL, "%u %s, expected %u to %u of an offer of the kind %s",
                            count, what, least, most, kind);
}

static void read_codes(cli_plan_builder *builder, const cli_node *offer, uint32_t kind,
                       sotto_offer_content *content)
{
    cli_node list = {offer->reader, offer, "codes", 0, NULL};
    uint32_t count = 0;
    if (cli_node_get(offer, "codes", &list) && !cli_node_list(&list, &count)) {
        return;
    }
    if (!check_count(offer, &list, kinds[kind].name, "codes", count, kinds[kind].least_codes,
                     kinds[kind].most_codes)) {
        return;
    }
    uint32_t *codes = cli_pool_alloc(builder->memory, count + 1, sizeof *codes);
    for (uint32_t i = 0; i < count; i++) {
        cli_node code = cli_node_at(&list, i);
        codes[i] = cli_plan_string(builder, &code, cli_node_short_text(&code, CODE_MAX_SIZE));
        for (uint32_t j = 0; j < i; j++) {
            if (codes[j] == codes[i]) {
                cli_node_mistake(&code, NULL, "the code stands twice");
                break;
            }
        }
    }
    content->codes = codes;
    content->code_count = count;
}

static void read_items(cli_plan_builder *builder, const cli_node *offer, uint32_t kind,
                       sotto_offer_content *content)
{
    cli_node list = {offer->reader, offer, "items", 0, NULL};
    uint32_t count = 0;
    if (cli_node_get(offer, "items", &list) && !cli_node_list(&list, &count)) {
        return;
    }
    if (!check_count(offer, &list, kinds[kind].name, "items", count, kinds[kind].least_items,
                     kinds[kind].most_items)) {
        return;
    }
    uint32_t *items = cli_pool_alloc(builder->memory, count + 1, sizeof *items);
    for (uint32_t i = 0; i < count; i++) {
        cli_node item = cli_node_at(&list, i);
        const char *id = cli_node_short_text(&item, 1024);
        items[i] = cli_plan_pool_key(&builder->pool, SOTTO_KEY_ITEM, (sotto_text){id, strlen(id)});
        if (items[i] == SOTTO_NONE) {
            cli_node_mistake(&item, NULL, "there are more than %d different items, categories and "
                                          "brands in the site file", SOTTO_PLAN_MAX_KEYS);
            return;
        }
        if (!builder->keys[items[i]].text.bytes) {
            cli_plan_name_key(builder, items[i],
                              cli_node_where(&item, (sotto_text){NULL, 0}, 0, 0));
        }
    }
    content->items = items;
    content->item_count = count;
}

static void read_offer(cli_plan_builder *builder, const cli_node *offer,
                       sotto_offer_content *content)
{
    static const char *const keys[] = {"kind", "codes", "label", "ends", "threshold", "items"};
    const char *names[SOTTO_ARRAY_COUNT(kinds)];
    cli_node member;
    content->name = cli_plan_string(builder, offer, offer->key);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(kinds); i++) {
        names[i] = kinds[i].name;
    }
    if (!cli_node_object(offer, keys, SOTTO_ARRAY_COUNT(keys))
        || !cli_node_need(offer, "kind", &member)) {
        return;
    }
    size_t kind = cli_node_choice(&member, names, SOTTO_ARRAY_COUNT(names));
    if (kind == SOTTO_ARRAY_COUNT(kinds)) {
        return;
    }
    content->kind = (uint32_t)kind + SOTTO_CODE;
    read_codes(builder, offer, (uint32_t)kind, content);
    read_items(builder, offer, (uint32_t)kind, content);
    if (cli_node_get(offer, "label", &member)) {
        content->label =
            cli_plan_string(builder, &member, cli_node_short_text(&member, LABEL_MAX_SIZE));
    }
    content->ends_s = cli_member_date(offer, "ends", true);
    content->threshold = cli_member_money(offer, "threshold", builder->site->price_decimals);
    if (content->kind == SOTTO_FREE_SHIPPING && content->threshold == 0) {
        cli_node_mistake(offer, NULL, "\"threshold\" is missing: from which cart total shipping is "
                                      "free");
    }
}

void cli_plan_read_offers(cli_plan_builder *builder, const cli_node *offers)
{
    uint32_t count = builder->offers.count;
    (void)offers;
    builder->offer_list = cli_pool_alloc(builder->memory, count + 1, sizeof *builder->offer_list);
    for (uint32_t i = 0; i < count; i++) {
        read_offer(builder, &builder->offer_nodes[i], &builder->offer_list[i]);
    }
}

void cli_plan_read_hand_offs(cli_plan_builder *builder, const cli_node *hand_offs)
{
    static const char *const keys[] = {"address"};
    uint32_t count = builder->hand_offs.count;
    sotto_hand_off_content *list = cli_pool_alloc(builder->memory, count + 1, sizeof *list);
    (void)hand_offs;
    for (uint32_t i = 0; i < count; i++) {
        const cli_node *hand_off = &builder->hand_off_nodes[i];
        cli_node address;
        list[i].name = cli_plan_string(builder, hand_off, hand_off->key);
        if (cli_node_object(hand_off, keys, SOTTO_ARRAY_COUNT(keys))
            && cli_node_need(hand_off, "address", &address)) {
            const char *text = cli_node_text(&address, "");
            cli_plan_check_address(&address, text, true);
            list[i].address = cli_plan_string(builder, &address, text);
        }
    }
    builder->content->hand_offs = list;
    builder->content->hand_off_count = count;
}
