/*
 * test_widest_decision.c - the longest history over the longest rows, and lists without end
 *
 * The scratch a decision borrows has room for the most candidates there can be: 32 sources, two
 * relations, 64 links a row, none of them the same item. This makes just that, beside a slow
 * ranking over all items that knows nothing of tables and heaps, and watches the bytes behind the
 * scratch.
 */
#include "test.h"

#include "../unit/shopper.h"

#include <stdlib.h>

enum { ITEMS = 20000, LINKS = 64, HISTORY = 32, GUARD = 64 };

static uint32_t row_starts[ITEMS + 1];
static uint32_t targets[2][ITEMS * LINKS];
static uint8_t codes[ITEMS * LINKS];
static sotto_bytes model;
static sotto_bundle bundle;
static struct {
    sotto_ranking_scratch scratch;
    uint8_t               guard[GUARD];
} lent;

/* Item i is followed by 64 items of its own, and bought with 64 others. */
static void make_model(void)
{
    static char ids[ITEMS][8];
    static sotto_string strings[ITEMS];
    static uint8_t popularity[ITEMS];
    static uint32_t popular[100];
    for (uint32_t i = 0; i < ITEMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%u", (unsigned)i);
        strings[i] = sample_text(ids[i]);
        popularity[i] = (uint8_t)(i % 251);
        row_starts[i] = i * LINKS;
        for (uint32_t k = 0; k < LINKS; k++) {
            uint32_t start = i < HISTORY ? HISTORY + i * 2 * LINKS : i % (ITEMS - 2 * LINKS);
            targets[0][i * LINKS + k] = start + k;
            targets[1][i * LINKS + k] = start + LINKS + k;
            codes[i * LINKS + k] = (uint8_t)((i + k) % 16);
        }
    }
    row_starts[ITEMS] = ITEMS * LINKS;
    for (uint32_t i = 0; i < 100; i++) {
        popular[i] = ITEMS - 1 - i;
    }
    sotto_link_table_content tables[2];
    for (uint32_t t = 0; t < 2; t++) {
        tables[t] = (sotto_link_table_content){
            .relation = (sotto_relation)(t + 1), .max_links = LINKS, .group_bits = 3,
            .normalise = t == 0, .weight_count = 16, .row_starts = row_starts,
            .items = targets[t], .codes = codes,
        };
        for (uint32_t w = 0; w < 16; w++) {
            tables[t].weights[w] = (uint16_t)(60000 - 3000 * w);
        }
    }
    sotto_model_content content = {
        .item_count = ITEMS, .ids = strings, .popularity = popularity, .popular = popular,
        .popular_count = 100, .tables = tables, .table_count = 2, .history_count = HISTORY,
    };
    for (uint32_t k = 0; k < HISTORY; k++) {
        content.position_weight[k] = 65536 / (k + 1) + k;
        content.repeat_weight[k] = 1000 + k;
    }
    const char *why = "";
    sample_must(sotto_model_write(&content, &model, &why), why);
    sotto_bundle_init(&bundle);
    sample_must(sotto_bundle_open(&bundle, SOTTO_MODEL, model.bytes, model.size, NULL), "open");
}

/* The formula of FORMAT.md 3.5, over all items, the slow way. */
static void rank_slowly(const uint32_t *session, uint32_t length, uint32_t count, uint32_t *best)
{
    static uint64_t score[ITEMS];
    static bool met[ITEMS];
    memset(score, 0, sizeof score);
    memset(met, 0, sizeof met);
    for (uint32_t k = 0; k < length; k++) {
        bool seen = false;
        uint64_t next = 0, together = 0;
        for (uint32_t a = 0; a < length; a++) {
            seen |= a < k && session[a] == session[k];
            if (session[a] == session[k]) {
                uint64_t position = 65536 / (a + 1) + a;
                next += position;
                together += position * 16384 >> 16;
            }
        }
        if (seen) {
            continue;
        }
        sotto_link links[SOTTO_MAX_LINKS];
        for (uint32_t relation = 1; relation <= 2; relation++) {
            uint32_t links_count = sotto_item_links(&bundle, (sotto_relation)relation, session[k],
                                                    links);
            for (uint32_t i = 0; i < links_count; i++) {
                score[links[i].item] += ((relation == 1 ? next : together) * links[i].weight) >> 16;
                met[links[i].item] = true;
            }
        }
        score[session[k]] += 1000 + k;
        met[session[k]] = true;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t winner = SOTTO_NO_ITEM;
        for (uint32_t i = 0; i < ITEMS; i++) {
            bool better = met[i] && (winner == SOTTO_NO_ITEM || score[i] > score[winner]);
            bool equal = met[i] && winner != SOTTO_NO_ITEM && score[i] == score[winner];
            if (better || (equal && sotto_item_hash(&bundle, i)
                                        < sotto_item_hash(&bundle, winner))) {
                winner = i;
            }
        }
        best[n] = winner;
        if (winner != SOTTO_NO_ITEM) {
            met[winner] = false;
        }
    }
}

TEST(the_widest_history_fits_and_ranks_as_the_slow_way_does)
{
    make_model();
    uint32_t session[HISTORY + 8], got[5000], expected[40];
    for (uint32_t i = 0; i < HISTORY + 8; i++) {
        session[i] = i;
    }
    memset(&lent, 0xA5, sizeof lent);
    uint32_t count = sotto_rank_next(&bundle, session, HISTORY + 8, 5000, &lent.scratch,
                                     sizeof lent.scratch, got);
    CHECK_EQ(count, SOTTO_MAX_CANDIDATES + 100);
    rank_slowly(session, HISTORY, 40, expected);
    for (uint32_t i = 0; i < 40; i++) {
        ROW("rank %u", i);
        CHECK_EQ(got[i], expected[i]);
    }
    for (uint32_t i = 0; i < GUARD; i++) {
        CHECK_EQ(lent.guard[i], 0xA5);
    }
    free(model.bytes);
}

TEST(random_sessions_rank_as_the_slow_way_does)
{
    make_model();
    uint32_t state = 5;
    for (uint32_t turn = 0; turn < 30; turn++) {
        uint32_t session[HISTORY], got[20], expected[20];
        uint32_t length = 1 + turn % HISTORY;
        for (uint32_t i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            session[i] = 1000 + (state >> 20) % (turn % 3 ? 60 : 8);
        }
        CHECK_EQ(sotto_rank_next(&bundle, session, length, 20, &lent.scratch, sizeof lent.scratch,
                                 got), 20);
        rank_slowly(session, length, 20, expected);
        for (uint32_t i = 0; i < 20; i++) {
            ROW("turn %u, rank %u", turn, i);
            CHECK_EQ(got[i], expected[i]);
        }
    }
    free(model.bytes);
}

TEST(a_cart_and_a_page_of_a_thousand_items)
{
    make_model();
    static uint32_t cart[1000];
    for (uint32_t i = 0; i < 1000; i++) {
        cart[i] = i * 17 % ITEMS;
    }
    static const uint8_t strategies[] = {SOTTO_CART_CROSS_SELL, SOTTO_SIMILAR,
                                         SOTTO_BOUGHT_TOGETHER, SOTTO_POPULAR};
    sotto_slot slot;
    sotto_slot_init(&slot);
    slot.strategies = strategies;
    slot.strategy_count = 4;
    slot.count = 32;
    sotto_context context = {SAMPLE_NOW, cart, 1000, cart, 1000, true, NULL};
    memset(&lent, 0xA5, sizeof lent);
    CHECK_EQ(sotto_decide(&bundle, NULL, &context, &slot, &lent.scratch, sizeof lent.scratch,
                          &shopper.answer), SOTTO_OK);
    CHECK_EQ(shopper.answer.count, 32);
    for (uint32_t i = 0; i < shopper.answer.count; i++) {
        for (uint32_t k = 0; k < 1000; k++) {
            CHECK(shopper.answer.picks[i].item != cart[k]);
        }
    }
    for (uint32_t i = 0; i < GUARD; i++) {
        CHECK_EQ(lent.guard[i], 0xA5);
    }
    free(model.bytes);
}

TEST(an_empty_answer_when_every_item_is_refused)
{
    shopper_enter();
    for (uint32_t i = 0; i < 12; i++) {
        shopper_did(SOTTO_VIEW, i);
    }
    shopper.slot.price_low = 1;
    shopper.slot.price_high = 2;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR), "");
    shopper_leave();
}
