/*
 * native_plan.h - asking expressions about a moment that a script describes
 */
#ifndef SOTTO_VECTORS_NATIVE_PLAN_H
#define SOTTO_VECTORS_NATIVE_PLAN_H

#include "native.h"

enum { SCENE_ROOM = 65536, SCENE_LIST = 64, PROGRAM_SIZE = 4096 };

static struct sotto_plan   plan;
static struct sotto_ledger ledger;
static struct sotto_moment moment;
static sotto_scene         scene;
static char                scene_room[SCENE_ROOM];
static size_t              scene_room_used;
static uint32_t            page_items[SCENE_LIST], cart_items[SCENE_LIST];
static sotto_account_entry account[SCENE_LIST];
static uint64_t            happened[SCENE_LIST];
static sotto_forced        forced[SCENE_LIST];
static uint32_t            unplaced[SOTTO_MAX_CAMPAIGNS / 32];
static sotto_verdicts      verdicts;

/* Whether the ledger is one that events are folded into, and the shopper's clock. */
static bool                live;
static int32_t             live_offset_min;

static void open_plan(void)
{
    sotto_fault fault = {0, ""};
    if (sotto_plan_open(&plan, bundle, &fault) != SOTTO_OK) {
        fail("the plan: %s at %zu", fault.what, fault.offset);
    }
}

static bool word_is(const words *all, size_t i, const char *expected)
{
    return strcmp(all->word[i], expected) == 0;
}

/*
 * ledger [orders COUNT SPENT TIME] [active START SECONDS] [shown NAME EVER]... [answered
 * TEXT]...
 */
static void set_ledger(const words *all)
{
    uint32_t shown = 0, answers = 0;
    memset(&ledger, 0, sizeof ledger);
    for (size_t i = 1; i < all->count; i++) {
        if (word_is(all, i, "orders")) {
            ledger.order_count = number(all, i + 1);
            ledger.spent = number(all, i + 2);
            ledger.order_s = number(all, i + 3);
            i += 3;
        } else if (word_is(all, i, "active")) {
            ledger.session_start_s = number(all, i + 1);
            ledger.session_active_s = number(all, i + 2);
            i += 2;
        } else if (word_is(all, i, "shown")) {
            ledger.campaigns[shown++] = (sotto_ledger_campaign){
                .key = sotto_hash(all->word[i + 1], all->size[i + 1]),
                .ever = (uint16_t)number(all, i + 2)};
            i += 2;
        } else if (word_is(all, i, "answered")) {
            ledger.answers[answers++].key = sotto_hash(all->word[i + 1], all->size[i + 1]);
            i++;
        } else {
            fail("no such thing in a ledger: %s", all->word[i]);
        }
    }
}

/* A word that outlives its line. */
static sotto_text kept(const words *all, size_t i)
{
    if (scene_room_used + all->size[i] > SCENE_ROOM) {
        fail("a scene of too many words");
    }
    char *at = scene_room + scene_room_used;
    memcpy(at, all->word[i], all->size[i]);
    scene_room_used += all->size[i];
    return (sotto_text){at, all->size[i]};
}

static bool set_scene_text(const words *all, size_t i)
{
    const struct {
        const char *name;
        sotto_text *text;
    } texts[] = {
        {"path", &scene.path}, {"query", &scene.query}, {"type", &scene.page_type},
        {"device", &scene.device}, {"language", &scene.language}, {"timezone", &scene.timezone},
        {"referrer", &scene.referrer}, {"category", &scene.category},
    };
    for (size_t k = 0; k < SOTTO_ARRAY_COUNT(texts); k++) {
        if (word_is(all, i, texts[k].name)) {
            *texts[k].text = kept(all, i + 1);
            return true;
        }
    }
    return false;
}

static bool set_scene_number(const words *all, size_t i)
{
    const struct {
        const char *name;
        uint32_t   *number;
    } numbers[] = {
        {"active", &scene.page_active_s}, {"session-active", &scene.session_active_s},
        {"idle", &scene.idle_s}, {"scroll", &scene.scroll_percent},
    };
    for (size_t k = 0; k < SOTTO_ARRAY_COUNT(numbers); k++) {
        if (word_is(all, i, numbers[k].name)) {
            *numbers[k].number = number(all, i + 1);
            return true;
        }
    }
    return false;
}

static bool set_scene_item(const words *all, size_t i)
{
    if (word_is(all, i, "page")) {
        page_items[scene.page_item_count++] = known(all, i + 1);
    } else if (word_is(all, i, "cart")) {
        scene.cart_given = true;
        cart_items[scene.cart_item_count++] = known(all, i + 1);
    } else {
        return false;
    }
    return true;
}

/* number, text or truth; name; value. */
static bool set_scene_account(const words *all, size_t i)
{
    static const char *const kinds_of[] = {"", "number", "text", "truth"};
    for (int kind = SOTTO_ACCOUNT_NUMBER; kind <= SOTTO_ACCOUNT_TRUTH; kind++) {
        if (word_is(all, i, kinds_of[kind])) {
            sotto_account_entry *entry = &account[scene.account_count++];
            *entry = (sotto_account_entry){.name = kept(all, i + 1),
                                           .kind = (sotto_account_kind)kind};
            if (kind == SOTTO_ACCOUNT_TEXT) {
                entry->text = kept(all, i + 2);
            } else {
                entry->number = strtoll(all->word[i + 2], NULL, 10);
            }
            return true;
        }
    }
    return false;
}

static uint64_t hash_word(const words *all, size_t i)
{
    return sotto_hash(all->word[i], all->size[i]);
}

/* What happened on the page, what is forced, where there is no place: how many words it took. */
static size_t set_scene_more(const words *all, size_t i)
{
    if (word_is(all, i, "exit") || word_is(all, i, "no-results")) {
        scene.signals |= word_is(all, i, "exit") ? SOTTO_SIGNAL_EXIT : SOTTO_SIGNAL_NO_RESULTS;
        return 1;
    }
    if (word_is(all, i, "happened")) {
        happened[scene.event_count++] = hash_word(all, i + 1);
        return 2;
    }
    if (word_is(all, i, "forced")) {
        forced[scene.forced_count++] = (sotto_forced){hash_word(all, i + 1), number(all, i + 2)};
        return 3;
    }
    if (word_is(all, i, "unplaced")) {
        uint32_t index = number(all, i + 1);
        unplaced[index / 32] |= 1u << index % 32;
        return 2;
    }
    return 0;
}

static void set_scene(const words *all)
{
    scene_room_used = 0;
    memset(unplaced, 0, sizeof unplaced);
    scene = (sotto_scene){.now_s = number(all, 1),
                          .utc_offset_min = (int32_t)strtol(all->word[2], NULL, 10),
                          .page_items = page_items, .cart_items = cart_items, .account = account,
                          .events = happened, .forced = forced, .unplaced = unplaced,
                          .shelf = &shelf};
    for (size_t i = 3; i < all->count; i++) {
        size_t more = set_scene_more(all, i);
        if (more > 0) {
            i += more - 1;
        } else if (word_is(all, i, "touch")) {
            scene.touch = true;
        } else if (word_is(all, i, "no-cart")) {
            scene.cart_given = true;
        } else if (set_scene_text(all, i) || set_scene_number(all, i) || set_scene_item(all, i)) {
            i++;
        } else if (set_scene_account(all, i)) {
            i += 2;
        } else {
            fail("no such thing in a scene: %s", all->word[i]);
        }
    }
}

/* Without a ledger nothing is known of a shopper, to campaigns. */
static sotto_moment *gathered_for_campaigns(void)
{
    return sotto_moment_init(&moment, &plan, bundle, live ? profile : NULL, live ? &ledger : NULL,
                             &scene);
}

static sotto_moment *gathered(void)
{
    return sotto_moment_init(&moment, &plan, bundle, profile, profile ? &ledger : NULL, &scene);
}

static void run_program(const char *hex)
{
    static uint8_t bytes[PROGRAM_SIZE];
    size_t size = strlen(hex) / 2;
    for (size_t i = 0; i < size && i < PROGRAM_SIZE; i++) {
        bytes[i] = (uint8_t)(words_digit(hex[2 * i]) * 16 + words_digit(hex[2 * i + 1]));
    }
    /* In memory of just its size, so that a sanitizer sees the first byte too far. */
    uint8_t *exact = room(size);
    memcpy(exact, bytes, size);
    sotto_reader reader = sotto_reader_over(exact, 0, (uint32_t)size);
    sotto_program_check(&reader, &plan, plan.segment_count);
    if (reader.status != SOTTO_OK) {
        answer("unsound %zu", reader.fault.offset);
    } else {
        bool holds = sotto_program_run(gathered(), (sotto_program){exact, (uint32_t)size});
        answer("%s", holds ? "true" : "false");
    }
    free(exact);
}

/* new-ledger [OFFSET] */
static void new_ledger(const words *all)
{
    live = true;
    live_offset_min = all->count > 1 ? (int32_t)strtol(all->word[1], NULL, 10) : 0;
    sotto_ledger_init(&ledger, profile, bundle);
}

static void fold_ledger(const sotto_event *event)
{
    if (live) {
        sotto_ledger_fold(&ledger, &plan, bundle, profile, event, live_offset_min);
    }
}

/* told KIND ABOUT TIME [QUANTITY] */
static void tell(const words *all)
{
    static const char *const kinds_told[] = {
        "impression", "campaign-dismiss", "campaign-click", "given", "redeemed", "exposure", "win",
        "answer", "unanswer", "dwell",
    };
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(kinds_told); i++) {
        if (word_is(all, 1, kinds_told[i])) {
            const sotto_event event = {
                .item = word_is(all, 2, "-") ? 0 : hash_word(all, 2),
                .time_s = number(all, 3),
                .kind = (sotto_event_kind)(SOTTO_IMPRESSION + i),
                .quantity = all->count > 4 ? number(all, 4) : 1,
            };
            fold_ledger(&event);
            return;
        }
    }
    fail("nobody tells of %s", all->word[1]);
}

static void show_verdict(uint32_t index)
{
    const sotto_verdict *verdict = &verdicts.list[index];
    printf(">");
    put_text(sotto_campaign_get(&plan, index).name);
    printf(" %s", sotto_rule_name(verdict->rule));
    verdict->detail == SOTTO_NONE ? printf(" -") : printf(" %" PRIu32, verdict->detail);
    verdict->arm == SOTTO_NO_ARM ? printf(" -") : printf(" %" PRIu32, verdict->arm);
    if (verdict->subject == SOTTO_NO_ITEM) {
        printf(" -");
    } else {
        put_text(sotto_item_id(bundle, verdict->subject));
    }
    printf(verdict->exposed ? " exposed\n" : "\n");
}

static void arbitrate(const uint32_t *showing, uint32_t count)
{
    if (sotto_arbitrate(gathered_for_campaigns(), showing, count, scratch, scratch_size,
                        &verdicts) != SOTTO_OK) {
        fail("no room to look");
    }
}

/* look-at CAMPAIGN... */
static void look_at(const words *all)
{
    arbitrate(NULL, 0);
    for (uint32_t i = 0; i < verdicts.count; i++) {
        for (size_t k = 1; k < all->count; k++) {
            if (plan.campaign_keys[i] == hash_word(all, k)) {
                show_verdict(i);
            }
        }
    }
}

/* look [CAMPAIGN THAT IS SHOWING]... */
static void look(const words *all)
{
    uint32_t showing[SOTTO_MAX_CAMPAIGNS];
    uint32_t count = 0;
    for (size_t i = 1; i < all->count; i++) {
        showing[count++] = sotto_campaign_find(&plan, hash_word(all, i));
    }
    arbitrate(showing, count);
    for (uint32_t i = 0; i < verdicts.count; i++) {
        show_verdict(i);
    }
    answer("next %" PRIu32 " %" PRIu32, verdicts.next_s, verdicts.next_active_s);
}

static void show_segments(void)
{
    const uint32_t *segments = sotto_segments(gathered());
    for (uint32_t i = 0; i < sotto_segment_count(&plan); i++) {
        if ((segments[i / 32] >> i % 32 & 1) != 0) {
            printf(">");
            put_text(sotto_segment_name(&plan, i));
            printf("\n");
        }
    }
}

#endif
