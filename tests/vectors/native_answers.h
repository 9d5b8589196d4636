/*
 * native_answers.h - what the core says of items, slots and a profile, as words
 */
#ifndef SOTTO_VECTORS_NATIVE_ANSWERS_H
#define SOTTO_VECTORS_NATIVE_ANSWERS_H

#include "native.h"

enum { LIST_MAX = 64, RANKED_MAX = 4096 };

static const char *const reasons[] = {
    "", "viewed", "together", "seen", "category", "brand", "popular", "trending", "pinned",
    "manual", "category-top", "viewed-then-bought", "looks-like", "new", "bought-before",
};

static void show_item(uint32_t item)
{
    sotto_item_facts facts = sotto_item_get(bundle, item);
    printf("> %" PRIu32, item);
    put_text(sotto_item_id(bundle, item));
    printf(" %016" PRIx64 " popularity %" PRIu32 " price", sotto_item_hash(bundle, item),
           sotto_item_popularity(bundle, item));
    put_number_or_dash(facts.price);
    printf(" list-price");
    put_number_or_dash(facts.list_price);
    printf(" category");
    put_text_or_dash(facts.category == SOTTO_NONE ? (sotto_text){"", 0}
                                                  : sotto_category_name(bundle, facts.category));
    printf(" brand");
    put_text_or_dash(facts.brand == SOTTO_NONE ? (sotto_text){"", 0}
                                               : sotto_brand_name(bundle, facts.brand));
    printf(" %s %s\n", facts.listed ? "listed" : "unlisted",
           facts.in_stock ? "in-stock" : "sold-out");
}

static void show_texts(uint32_t item)
{
    static const char *const names[] = {"title", "url", "image"};
    for (int field = 0; field < 3; field++) {
        printf("> %s", names[field]);
        put_text(sotto_item_text(bundle, (sotto_field)field, item));
        put_text(sotto_item_template(bundle, (sotto_field)field));
        printf("\n");
    }
}

static void show_attributes(uint32_t item)
{
    sotto_text name, value;
    for (uint32_t i = 0; sotto_item_attribute(bundle, item, i, &name, &value); i++) {
        printf(">");
        put_text(name);
        put_text(value);
        printf("\n");
    }
}

static void show_links(const char *name, uint32_t item)
{
    static const char *const names[] = {"next", "together", "viewed-then-bought", "looks-like"};
    sotto_relation relation = SOTTO_NEXT;
    while (strcmp(name, names[relation - 1]) != 0 && relation < SOTTO_LOOKS) {
        relation++;
    }
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t count = sotto_item_links(bundle, relation, item, links);
    for (uint32_t i = 0; i < count; i++) {
        printf(">");
        put_text(sotto_item_id(bundle, links[i].item));
        printf(" %" PRIu32 "\n", links[i].weight);
    }
}

static void show_categories(void)
{
    for (uint32_t i = 0; i < sotto_category_count(bundle); i++) {
        uint32_t parent = sotto_category_parent(bundle, i);
        printf(">");
        put_text(sotto_category_name(bundle, i));
        put_text_or_dash(parent == SOTTO_NONE ? (sotto_text){"", 0}
                                              : sotto_category_name(bundle, parent));
        printf("\n");
    }
}

static void show_brands(void)
{
    for (uint32_t i = 0; i < sotto_brand_count(bundle); i++) {
        printf(">");
        put_text(sotto_brand_name(bundle, i));
        printf("\n");
    }
}

static void show_site_text(const char *name, sotto_text text)
{
    printf("> %s", name);
    put_text(text);
    printf("\n");
}

static void show_site(void)
{
    sotto_site site = sotto_bundle_site(bundle);
    show_site_text("shop_id", site.shop_id);
    show_site_text("shop_name", site.shop_name);
    show_site_text("currency", site.currency);
    show_site_text("locale", site.locale);
    answer("price_decimals %" PRIu32, site.price_decimals);
    answer("just_bought_s %" PRIu32, site.just_bought_s);
    answer("session_gap_s %" PRIu32, site.session_gap_s);
    answer("retention_s %" PRIu32, site.retention_s);
    answer("interest_half_life_s %" PRIu32, site.interest_half_life_s);
    answer("standing_yes %" PRIu32, site.standing_yes);
}

static void show_slots(void)
{
    for (uint32_t i = 0; i < sotto_slot_count(bundle); i++) {
        sotto_slot slot = sotto_slot_get(bundle, i);
        printf(">");
        put_text(slot.name);
        put_text(slot.heading);
        printf(" %" PRIu32 " %" PRIu32 "\n", slot.count, slot.min);
    }
}

static void show_ranked(const uint32_t *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        printf(">");
        put_text(sotto_item_id(bundle, items[i]));
        printf("\n");
    }
}

static void rank(const words *all)
{
    uint32_t session[WORDS_MAX], items[RANKED_MAX];
    uint32_t count = 0;
    for (size_t i = 2; i < all->count; i++) {
        session[count++] = known(all, i);
    }
    uint32_t found = sotto_rank_next(bundle, session, count, number(all, 1), scratch, scratch_size,
                                     items);
    show_ranked(items, found);
}

/* next-basket COUNT NOW [basket TIME ID...]...: TIME and NOW are - if they are not known. */
static void rank_basket(const words *all)
{
    uint32_t items[WORDS_MAX], starts[WORDS_MAX], times[WORDS_MAX], found[RANKED_MAX];
    sotto_past_baskets past = {items, starts, times, 0, number(all, 2)};
    uint32_t count = 0;
    for (size_t i = 3; i < all->count; i++) {
        if (strcmp(all->word[i], "basket") == 0) {
            i++;
            past.times_s = strcmp(all->word[i], "-") == 0 ? NULL : times;
            times[past.count] = number(all, i);
            starts[past.count++] = count;
        } else {
            items[count++] = known(all, i);
        }
    }
    starts[past.count] = count;
    show_ranked(found, sotto_rank_basket(bundle, &past, number(all, 1), scratch, scratch_size,
                                         found));
}

static void show_entries(const char *name, const sotto_shelf_entry *entries, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        printf("> %s", name);
        put_item(entries[i].item);
        printf(" %" PRIu32 " %s", entries[i].score, reasons[entries[i].reason]);
        put_item(entries[i].because);
        printf("\n");
    }
}

static void shelve(const words *all)
{
    if (!sotto_bundle_has(bundle, SOTTO_RANKER) || !profile) {
        answer("nothing");
        return;
    }
    uint64_t sequence = all->count > 2 ? strtoull(all->word[2], NULL, 16) : 1;
    if (sotto_shelve(bundle, profile, number(all, 1), sequence, scratch, scratch_size, &shelf)
        != SOTTO_OK) {
        fail("sotto_shelve has no room");
    }
    if (shelf.cluster == SOTTO_SHELF_NO_CLUSTER) {
        answer("kind -");
    } else {
        answer("kind %u", (unsigned)shelf.cluster);
    }
    show_entries("for-you", shelf.for_you, shelf.for_you_count);
    show_entries("again", shelf.again, shelf.again_count);
    answer("%016" PRIx64, sotto_hash(&shelf, sizeof shelf));
}

/* What a reason rests on: an item, a category, a brand or nothing. */
static void put_reason(sotto_reason reason)
{
    if (reason.item == SOTTO_NO_ITEM) {
        printf(" -");
        return;
    }
    switch (reason.kind) {
    case SOTTO_BECAUSE_CATEGORY:
    case SOTTO_BECAUSE_CATEGORY_TOP:
        put_text(sotto_category_name(bundle, reason.item));
        break;
    case SOTTO_BECAUSE_BRAND:
        put_text(sotto_brand_name(bundle, reason.item));
        break;
    default:
        put_text(sotto_item_id(bundle, reason.item));
        break;
    }
}

static void show_pick(const sotto_pick *pick)
{
    printf(">");
    put_text(sotto_item_id(bundle, pick->item));
    printf(" %" PRIu32 " %s", pick->score, sotto_strategy_name(pick->strategy));
    for (uint32_t i = 0; i < pick->reason_count; i++) {
        sotto_reason reason = pick->reasons[i];
        printf(" %s", reasons[reason.kind]);
        put_reason(reason);
        printf(" %" PRIu32, reason.points);
    }
    printf("\n");
}

static void ask(const words *all)
{
    uint32_t page[LIST_MAX], cart[LIST_MAX];
    sotto_context context = {.now_s = number(all, 2), .page_items = page, .cart_items = cart,
                             .shelf = &shelf};
    for (size_t i = 3; i < all->count; i++) {
        if (strcmp(all->word[i], "cart") == 0) {
            context.cart_given = true;
        } else if (strcmp(all->word[i], "page") == 0) {
            context.cart_given = false;
        } else if (context.cart_given) {
            cart[context.cart_item_count++] = known(all, i);
        } else {
            page[context.page_item_count++] = known(all, i);
        }
    }
    sotto_slot slot;
    static sotto_answer answered;
    sotto_status status = sotto_slot_find(bundle, all->word[1], all->size[1], &slot);
    if (status == SOTTO_OK) {
        status = sotto_decide(bundle, profile, &context, &slot, scratch, scratch_size, &answered);
    }
    if (status != SOTTO_OK) {
        answer("%s", statuses[status]);
        return;
    }
    for (uint32_t i = 0; i < answered.count; i++) {
        show_pick(&answered.picks[i]);
    }
    if (answered.count == 0) {
        answer("nothing");
    }
}

static sotto_event fold(const words *all)
{
    sotto_event event = {
        .item = strcmp(all->word[2], "-") == 0 ? 0 : sotto_hash(all->word[2], all->size[2]),
        .time_s = number(all, 3),
        .kind = sotto_event_find(all->word[1], all->size[1]),
        .quantity = all->count > 4 ? number(all, 4) : 1,
    };
    if (profile) {
        sotto_profile_fold(profile, bundle, &event);
    }
    return event;
}

static void show_summary(void)
{
    sotto_profile_summary is = sotto_profile_get(profile);
    answer("seed %016" PRIx64, is.seed);
    answer("created %" PRIu32, is.created_s);
    answer("updated %" PRIu32, is.updated_s);
    answer("session_start %" PRIu32, is.session_start_s);
    answer("sessions %" PRIu32, is.session_count);
    answer("event_total %" PRIu32, is.event_total);
    answer("events %" PRIu32, is.event_count);
    answer("cart %" PRIu32, is.cart_count);
    answer("purchases %" PRIu32, is.purchase_count);
    answer("categories %" PRIu32, is.category_count);
    answer("brands %" PRIu32, is.brand_count);
}

static void show_events(void)
{
    sotto_event event;
    for (uint32_t age = 0; sotto_profile_event(profile, age, &event); age++) {
        printf("> %s", sotto_event_name(event.kind));
        if (event.kind == SOTTO_CATEGORY_VIEW) {
            put_category_key(event.item);
        } else {
            put_item(event.item);
        }
        printf(" %" PRIu32 " %" PRIu32 "\n", event.time_s, event.quantity);
    }
}

static void show_cart(void)
{
    sotto_cart_line line;
    for (uint32_t i = 0; sotto_profile_cart(profile, i, &line); i++) {
        printf(">");
        put_item(line.item);
        printf(" %" PRIu32 " %" PRIu32 "\n", line.time_s, line.quantity);
    }
}

static void show_purchases(void)
{
    sotto_purchase bought;
    for (uint32_t i = 0; sotto_profile_purchase(profile, i, &bought); i++) {
        printf(">");
        put_item(bought.item);
        printf(" %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", bought.time_s, bought.times,
               bought.quantity);
    }
}

static void show_interests(uint32_t now_s)
{
    uint32_t half_life_s = sotto_bundle_site(bundle).interest_half_life_s;
    sotto_interest interest;
    for (uint32_t i = 0; sotto_profile_category(profile, i, now_s, half_life_s, &interest); i++) {
        printf("> category");
        put_category_key(interest.key);
        printf(" %" PRIu32 " %" PRIu32 "\n", interest.value, interest.time_s);
    }
    for (uint32_t i = 0; sotto_profile_brand(profile, i, now_s, half_life_s, &interest); i++) {
        printf("> brand");
        put_brand_key(interest.key);
        printf(" %" PRIu32 " %" PRIu32 "\n", interest.value, interest.time_s);
    }
}

#endif
