/*
 * test_caps_hold.c - a shop that nags: the promise that no cap is ever exceeded
 *
 * Random plans meet random shoppers. A shopper has up to four tabs, goes from page to page, buys,
 * dismisses, sleeps for days; the clock of the device is set forward and back; what a tab did is
 * told late. Before a tab puts anything on the page it looks with what all of them know by then, as
 * docs/CAMPAIGNS.md asks of a page.
 *
 * Beside all of that stands a bookkeeper who knows nothing of ledgers: a list of what was shown
 * when. Whatever is shown, the whole list must still be within every cap, pause, ceiling, group and
 * place.
 */
#include "test.h"

#include "../unit/planned.h"

enum { TABS = 4, LIST = 4096, PLANS = 300, STEPS = 400 };

/* ---- Chance ---------------------------------------------------------------------------------- */

static uint64_t state;

static uint32_t chance(uint32_t below)
{
    state += 0x9E3779B97F4A7C15u;
    uint64_t z = state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ z >> 31) >> 33) % below;
}

/* 0 mostly, else 1 to `most`. */
static uint32_t perhaps(uint32_t most)
{
    return chance(3) != 0 ? 0 : 1 + chance(most);
}

/* ---- The bookkeeper -------------------------------------------------------------------------- */

typedef struct showing {
    uint32_t campaign, session, day, time_s;
} showing;

static struct {
    showing  shown[LIST];
    uint32_t shown_count;
    uint32_t dismissed[LIST][2];   /* campaign, time */
    uint32_t dismissed_count;
    uint32_t bought[LIST];
    uint32_t bought_count;
} book;

static uint32_t ago(uint32_t time_s)
{
    uint32_t now_s = planned.scene.now_s;
    return now_s > time_s ? now_s - time_s : 0;
}

static bool interrupts(uint32_t campaign)
{
    sotto_campaign read = sotto_campaign_get(&planned.plan, campaign);
    return sotto_campaign_interrupts(&read);
}

static uint32_t today(void)
{
    return sotto_day_of(planned.scene.now_s, planned.scene.utc_offset_min);
}

static bool is_minute_between(uint32_t from, uint32_t to)
{
    int64_t local_s = (int64_t)planned.scene.now_s + 60 * planned.scene.utc_offset_min;
    uint32_t minute = (uint32_t)(local_s % 86400 / 60);
    return from == to || (from < to ? minute >= from && minute < to
                                    : minute >= from || minute < to);
}

/* Within a cap of so many, of which 0 is none. */
#define CHECK_WITHIN(count, cap) CHECK((cap) == 0 || (count) <= (cap))

static void check_counts(uint32_t index, const sotto_campaign_content *campaign)
{
    uint32_t session = 0, day = 0, ever = 0;
    for (uint32_t i = 0; i < book.shown_count; i++) {
        const showing *one = &book.shown[i];
        if (one->campaign == index) {
            ever++;
            session += one->session == planned.profile.session_count;
            day += one->day == today();
        }
    }
    CHECK_WITHIN(session, campaign->cap_session);
    CHECK_WITHIN(day, campaign->cap_day);
    CHECK_WITHIN(ever, campaign->cap_ever);
}

static void check_place(uint32_t index)
{
    uint32_t place = sotto_campaign_place(&planned.plan, index);
    uint32_t session = 0, day = 0;
    for (uint32_t i = 0; i < book.shown_count; i++) {
        const showing *one = &book.shown[i];
        if (sotto_campaign_place(&planned.plan, one->campaign) == place) {
            session += one->session == planned.profile.session_count;
            day += one->day == today();
        }
    }
    for (uint32_t i = 0; i < planned.content.place_count; i++) {
        if (planned.places[i].name == place) {
            CHECK_WITHIN(session, planned.places[i].session);
            CHECK_WITHIN(day, planned.places[i].day);
        }
    }
}

/* `last` is the entry of this showing in the list. */
static void check_pauses(uint32_t index, const sotto_campaign_content *campaign, uint32_t last)
{
    for (uint32_t i = 0; i < last; i++) {
        CHECK(book.shown[i].campaign != index ||
              ago(book.shown[i].time_s) >= campaign->pause_shown_s);
    }
    for (uint32_t i = 0; i < book.dismissed_count; i++) {
        CHECK(book.dismissed[i][0] != index ||
              ago(book.dismissed[i][1]) >= campaign->pause_dismissed_s);
    }
    for (uint32_t i = 0; i < book.bought_count; i++) {
        CHECK(ago(book.bought[i]) >= campaign->pause_purchase_s);
    }
}

static void check_ceiling(uint32_t last)
{
    const sotto_plan_content *content = &planned.content;
    uint32_t session = 1, day = 1;
    for (uint32_t i = 0; i < last; i++) {
        const showing *one = &book.shown[i];
        if (interrupts(one->campaign)) {
            session += one->session == planned.profile.session_count;
            day += one->day == today();
            CHECK(ago(one->time_s) >= content->gap_s);
        }
    }
    CHECK_WITHIN(session, content->ceiling_session);
    CHECK_WITHIN(day, content->ceiling_day);
    for (uint32_t i = 0; i < book.bought_count; i++) {
        CHECK(ago(book.bought[i]) >= content->after_purchase_s);
    }
    CHECK(content->quiet_from == content->quiet_to ||
          !is_minute_between(content->quiet_from, content->quiet_to));
}

static void check_shown(uint32_t index)
{
    const sotto_campaign_content *campaign = &planned.campaigns[index];
    uint32_t last = book.shown_count;
    if (last == LIST) {
        return;
    }
    book.shown[book.shown_count++] =
        (showing){index, planned.profile.session_count, today(), planned.scene.now_s};
    check_counts(index, campaign);
    check_place(index);
    check_pauses(index, campaign, last);
    CHECK(is_minute_between(campaign->from_minute, campaign->to_minute));
    CHECK(planned.scene.now_s >= campaign->starts_s);
    CHECK(campaign->ends_s == 0 || planned.scene.now_s < campaign->ends_s);
    if (interrupts(index)) {
        check_ceiling(last);
    }
}

/* On one page no place and no group is taken twice. */
static void check_page(const uint32_t *shown, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            uint32_t group = planned.campaigns[shown[i]].group;
            CHECK(group == 0 || group != planned.campaigns[shown[k]].group);
            CHECK(sotto_campaign_place(&planned.plan, shown[i]) !=
                  sotto_campaign_place(&planned.plan, shown[k]));
        }
    }
}

/* ---- The shop -------------------------------------------------------------------------------- */

static void make_campaign(uint32_t number)
{
    static const uint32_t blocks[] = {SOTTO_INLINE, SOTTO_HERO, SOTTO_POPUP, SOTTO_SLIDE_IN,
                                      SOTTO_QUIZ, SOTTO_BAR};
    static const char *const places[] = {"top", "side", "end", "middle"};
    char name[16];
    snprintf(name, sizeof name, "c%u", (unsigned)number);
    uint32_t block = blocks[chance(SOTTO_ARRAY_COUNT(blocks))];
    sotto_campaign_content *campaign = planned_campaign(name, (sotto_block_kind)block);
    if (block != SOTTO_POPUP && block != SOTTO_SLIDE_IN) {
        campaign->place = planned_text(places[chance(4)]);
    }
    campaign->priority = 10 * chance(4);
    campaign->cap_session = perhaps(3);
    campaign->cap_day = perhaps(4);
    campaign->cap_ever = perhaps(9);
    campaign->pause_shown_s = perhaps(5) * 700;
    campaign->pause_dismissed_s = perhaps(5) * 20000;
    campaign->pause_purchase_s = perhaps(5) * 3000;
    campaign->group = perhaps(3);
    campaign->flags = chance(8) == 0 ? SOTTO_FREE_OF_CEILING : 0;
    if (chance(4) == 0) {
        campaign->from_minute = chance(1440);
        campaign->to_minute = chance(1441);
    }
    if (chance(6) == 0) {
        campaign->starts_s = PLANNED_NOON + chance(500000);
        campaign->ends_s = campaign->starts_s + chance(500000);
    }
    if (chance(4) == 0) {
        planned_trigger(campaign, SOTTO_ON_VIEWED_NOT_ADDED, chance(2000), 0);
        planned_trigger(campaign, SOTTO_ON_EXIT, 0, 0);
    }
    if (chance(4) == 0) {
        campaign->experiment = 0;
        campaign->arms = 1 + chance(3);
    }
}

static void make_shop(uint32_t number)
{
    static const char *const places[] = {"top", "side"};
    state = number;
    planned_enter();
    planned_experiment("x", 2)->allocation = chance(3);
    uint32_t count = 1 + chance(24);
    for (uint32_t i = 0; i < count; i++) {
        make_campaign(i);
    }
    planned.content.ceiling_session = chance(4);
    planned.content.ceiling_day = chance(6);
    planned.content.gap_s = chance(3) * 100;
    planned.content.after_purchase_s = chance(3) * 1800;
    if (chance(3) == 0) {
        planned.content.quiet_from = chance(1440);
        planned.content.quiet_to = chance(1441);
    }
    for (uint32_t i = 0; i < 2; i++) {
        planned.places[i] = (sotto_place_content){planned_text(places[i]), perhaps(3), perhaps(5)};
    }
    planned.content.place_count = 2;
    planned.scene.utc_offset_min = (int32_t)chance(1681) - 840;
    planned_publish();
    book.shown_count = book.dismissed_count = book.bought_count = 0;
}

/* ---- The shopper ----------------------------------------------------------------------------- */

typedef struct tab {
    uint32_t showing[SOTTO_MAX_CAMPAIGNS];
    uint32_t showing_count;
} tab;

static tab tabs[TABS];

/* Mostly a little later; sometimes much, sometimes before. */
static void pass_time(void)
{
    uint32_t kind = chance(20);
    uint32_t by_s = kind < 10   ? chance(120)
                    : kind < 15 ? chance(3000)
                    : kind < 18 ? chance(50000)
                                : chance(400000);
    bool back = kind >= 10 && chance(4) == 0;
    planned.scene.now_s += back ? 0 - by_s : by_s;
}

/* What the tab shows is decided anew with all that is known, and told before it is seen. */
static void put_on_page(tab *one)
{
    memcpy(planned.showing, one->showing, sizeof planned.showing);
    planned.showing_count = one->showing_count;
    planned_look();
    uint32_t count = 0;
    for (uint32_t i = 0; i < planned.verdicts.count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < one->showing_count; k++) {
            there |= one->showing[k] == i;
        }
        if (planned.verdicts.list[i].rule != SOTTO_SHOWN) {
            continue;
        }
        planned.showing[count++] = i;
        if (!there) {
            check_shown(i);
            planned_event(SOTTO_IMPRESSION, planned.plan.campaign_keys[i], 1);
        }
    }
    check_page(planned.showing, count);
    memcpy(one->showing, planned.showing, count * sizeof *one->showing);
    one->showing_count = count;
}

/* Does something in a tab, in which another page may be open by now. */
static void act(tab *one)
{
    uint32_t kind = chance(12);
    uint32_t item = chance(SAMPLE_ALL_ITEMS);
    planned_page(item);
    planned.scene.signals = chance(3) == 0 ? SOTTO_SIGNAL_EXIT : 0;
    planned.scene.page_active_s = chance(100);
    if (kind < 5) {
        one->showing_count = 0;
        planned_event(SOTTO_VIEW, sample_hash(item), 1);
    } else if (kind == 5) {
        planned_event(SOTTO_CART_ADD, sample_hash(item), 1);
    } else if (kind == 6 && book.bought_count < LIST) {
        planned_event(SOTTO_PURCHASE, sample_hash(item), 1);
        book.bought[book.bought_count++] = planned.scene.now_s;
    } else if (kind == 7 && one->showing_count != 0 && book.dismissed_count < LIST) {
        uint32_t index = one->showing[chance(one->showing_count)];
        planned_event(SOTTO_CAMPAIGN_DISMISS, planned.plan.campaign_keys[index], 1);
        book.dismissed[book.dismissed_count][0] = index;
        book.dismissed[book.dismissed_count++][1] = planned.scene.now_s;
    } else if (kind == 8) {
        planned_event(SOTTO_DWELL, sample_hash(item), chance(60));
    } else if (kind == 9) {
        /* What was left of another tab comes late. */
        uint32_t now_s = planned.scene.now_s;
        planned.scene.now_s -= chance(5000);
        planned_event(SOTTO_VIEW, sample_hash(item), 1);
        planned.scene.now_s = now_s;
    }
}

static void play(uint32_t number)
{
    make_shop(number);
    memset(tabs, 0, sizeof tabs);
    for (uint32_t step = 0; step < STEPS; step++) {
        tab *one = &tabs[chance(1 + chance(TABS))];
        ROW("plan %u, step %u", (unsigned)number, (unsigned)step);
        pass_time();
        act(one);
        put_on_page(one);
        if (chance(30) == 0) {
            sotto_ledger_seal(&planned.ledger);
            CHECK_EQ(sotto_ledger_open(&planned.ledger, SOTTO_LEDGER_SIZE, &planned.profile, NULL),
                     SOTTO_OK);
        }
    }
    planned_leave();
}

TEST(no_cap_is_ever_exceeded)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < PLANS && test_failures == 0; i++) {
        play(i);
        shown += book.shown_count;
    }
    CHECK(shown > 10 * PLANS);
    printf("%u campaigns shown in %u histories\n", (unsigned)shown, (unsigned)PLANS);
}

/* Of equal priorities at one place none is ever two showings ahead of another. */
TEST(equal_priorities_take_turns)
{
    for (uint32_t count = 2; count <= 9; count++) {
        planned_enter();
        for (uint32_t i = 0; i < count; i++) {
            char name[16];
            snprintf(name, sizeof name, "c%u", (unsigned)i);
            planned_at(name, "top");
        }
        planned_publish();
        state = count;
        for (uint32_t turn = 0; turn < 20 * count; turn++) {
            uint32_t least = UINT32_MAX, most = 0;
            planned.scene.now_s += chance(3) == 0 ? 0 : chance(4000);
            planned_go_on();
            planned_show();
            CHECK_EQ(planned.showing_count, 1);
            for (uint32_t i = 0; i < count; i++) {
                const sotto_ledger_campaign *entry =
                    sotto_ledger_campaign_find(&planned.ledger, planned.plan.campaign_keys[i]);
                uint32_t ever = entry == NULL ? 0 : entry->ever;
                least = sotto_min_u32(least, ever);
                most = sotto_max_u32(most, ever);
            }
            CHECK(most - least <= 1);
        }
        planned_leave();
    }
}
