/*
 * statistics_visits.c - what one shopper did in one go
 */
#include "train/statistics_visits.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE_S    60u
#define HALF_HOUR_S 1800u

/* ---- a list of them -------------------------------------------------------------------------- */

void sotto_visits_free(sotto_visits *visits)
{
    free(visits->visits);
    free(visits->events);
    memset(visits, 0, sizeof *visits);
}

uint32_t sotto_code_of_pieces(double pieces)
{
    uint32_t code = 0;
    while (code < 63
           && (double)sotto_pieces_of_code(code) + sotto_pieces_of_code(code + 1) <= 2 * pieces) {
        code++;
    }
    return code;
}

/* Kind and item, without the pieces between them. */
static uint32_t deed_of(const sotto_visit_event *event)
{
    return event->item & 0xc0ffffff;
}

static int compare_events(const void *a, const void *b)
{
    const sotto_visit_event *x = a, *y = b;
    if (x->time != y->time) {
        return x->time < y->time ? -1 : 1;
    }
    if (deed_of(x) != deed_of(y)) {
        return deed_of(x) < deed_of(y) ? -1 : 1;
    }
    if (x->session != y->session) {
        return x->session < y->session ? -1 : 1;
    }
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return x->item < y->item ? -1 : x->item > y->item ? 1 : 0;
}

static void sort_events(sotto_visit_event *events, size_t count)
{
    for (size_t i = 1; i < count; i++) { /* nearly always they are in order */
        if (compare_events(&events[i - 1], &events[i]) > 0) {
            qsort(events, count, sizeof *events, compare_events);
            return;
        }
    }
}

static bool reserve_events(sotto_visits *visits, size_t more)
{
    if (visits->event_count + more <= visits->event_room) {
        return true;
    }
    size_t room = (visits->event_count + more) * 2 + 1024;
    sotto_visit_event *events = realloc(visits->events, room * sizeof *events);
    if (events == NULL) {
        return false;
    }
    visits->events = events;
    visits->event_room = room;
    return true;
}

bool sotto_visits_add(sotto_visits *visits, const sotto_visit *visit,
                      const sotto_visit_event *events)
{
    size_t event_count = events == NULL ? 0 : (size_t)visit->event_count;
    if (visits->count == visits->room) {
        size_t room = visits->room * 2 + 256;
        sotto_visit *grown = realloc(visits->visits, room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        visits->visits = grown;
        visits->room = room;
    }
    if (!reserve_events(visits, event_count)) {
        return false;
    }
    sotto_visit *to = &visits->visits[visits->count++];
    *to = *visit;
    to->start = visits->event_count;
    to->bare = events == NULL;
    if (event_count > 0) {
        memcpy(visits->events + to->start, events, event_count * sizeof *events);
        sort_events(visits->events + to->start, event_count);
        visits->event_count += event_count;
    }
    return true;
}

static int compare_visits(const void *a, const void *b)
{
    const sotto_visit *x = a, *y = b;
    if (x->shopper != y->shopper) {
        return x->shopper < y->shopper ? -1 : 1;
    }
    return x->first < y->first ? -1 : x->first > y->first ? 1 : 0;
}

void sotto_visits_sort(sotto_visits *visits)
{
    for (size_t i = 1; i < visits->count; i++) {
        if (compare_visits(&visits->visits[i - 1], &visits->visits[i]) > 0) {
            qsort(visits->visits, visits->count, sizeof *visits->visits, compare_visits);
            return;
        }
    }
}

bool sotto_visits_keep(sotto_visits *visits, size_t count)
{
    sotto_visits kept = {0};
    for (size_t i = 0; i < count; i++) {
        const sotto_visit *visit = &visits->visits[i];
        if (!sotto_visits_add(&kept, visit, visit->bare ? NULL : visits->events + visit->start)) {
            sotto_visits_free(&kept);
            return false;
        }
    }
    sotto_visits_free(visits);
    *visits = kept;
    return true;
}

/* ---- bots ------------------------------------------------------------------------------------ */

/* More than so many clicks within some minute? A window slides over the visit. */
static bool is_fast(const sotto_visit_event *events, size_t count, uint32_t most)
{
    size_t behind = 0, clicks = 0;
    for (size_t i = 0; i < count; i++) {
        bool counts = sotto_kind_of_event(&events[i]) != SOTTO_LOG_PURCHASE
                      && events[i].time % HALF_HOUR_S != 0;
        clicks += counts ? 1 : 0;
        for (; events[i].time - events[behind].time >= MINUTE_S; behind++) {
            bool counted = sotto_kind_of_event(&events[behind]) != SOTTO_LOG_PURCHASE
                           && events[behind].time % HALF_HOUR_S != 0;
            clicks -= counted ? 1 : 0;
        }
        if (clicks > most) {
            return true;
        }
    }
    return false;
}

sotto_bot_rule sotto_visit_judge(const sotto_visit_rules *rules, const sotto_visit *visit,
                                 const sotto_visit_event *events)
{
    if (visit->event_count > SOTTO_VISIT_EVENTS) {
        return SOTTO_BOT_CROWD;
    }
    if (rules->bot_clicks > 0 && visit->click_count > rules->bot_clicks) {
        return SOTTO_BOT_CLICKS;
    }
    if (visit->bare
        || (rules->by_time && rules->bot_per_minute > 0
            && is_fast(events, (size_t)visit->event_count, rules->bot_per_minute))) {
        return SOTTO_BOT_FAST;
    }
    return SOTTO_NO_BOT;
}

/* ---- cutting --------------------------------------------------------------------------------- */

void sotto_cutter_free(sotto_cutter *cutter)
{
    free(cutter->events);
    free(cutter->items);
    free(cutter->times);
    memset(cutter, 0, sizeof *cutter);
}

static bool reserve_cutter(sotto_cutter *cutter, size_t count)
{
    if (count <= cutter->room) {
        return true;
    }
    sotto_cutter_free(cutter);
    cutter->events = malloc(count * 2 * sizeof *cutter->events);
    cutter->items = malloc(count * 2 * sizeof *cutter->items);
    cutter->times = malloc(count * 2 * sizeof *cutter->times);
    if (cutter->events == NULL || cutter->items == NULL || cutter->times == NULL) {
        sotto_cutter_free(cutter);
        return false;
    }
    cutter->room = count * 2;
    return true;
}

static int compare_sessions(const void *a, const void *b)
{
    const sotto_visit_event *x = a, *y = b;
    return x->session != y->session ? (x->session < y->session ? -1 : 1) : compare_events(a, b);
}

static int compare_orders(const void *a, const void *b)
{
    const sotto_visit_event *x = a, *y = b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : compare_events(a, b);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y ? 1 : 0;
}

static size_t unique(uint32_t *items, size_t count)
{
    size_t kept = 0;
    qsort(items, count, sizeof *items, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || items[kept - 1] != items[i]) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

/* One kind of cutting: which events, how they are grouped, and the longest pause without a name. */
typedef struct cut_job {
    const sotto_visit *visit;
    sotto_cut_kind     kind;
    bool               by_order, once;
    uint32_t           gap_s;
    sotto_cut_fn       cut;
    void              *context;
} cut_job;

static bool goes_on(const cut_job *job, const sotto_visit_event *last,
                    const sotto_visit_event *event)
{
    uint32_t name = job->by_order ? event->order : event->session;
    uint32_t last_name = job->by_order ? last->order : last->session;
    return name == last_name && (name != 0 || event->time - last->time <= job->gap_s);
}

/* Cuts the first `count` events of the cutter. */
static bool cut(sotto_cutter *cutter, const cut_job *job, size_t count)
{
    const sotto_visit_event *events = cutter->events;
    bool named = false;
    for (size_t i = 0; i < count && !named; i++) {
        named = job->by_order ? events[i].order != events[0].order
                              : events[i].session != events[0].session;
    }
    if (named) {
        qsort(cutter->events, count, sizeof *events,
              job->by_order ? compare_orders : compare_sessions);
    }
    for (size_t start = 0, end; start < count; start = end) {
        size_t size = 0;
        for (end = start; end < count && (end == start
                                          || goes_on(job, &events[end - 1], &events[end]));
             end++) {
            cutter->times[size] = events[end].time;
            cutter->items[size++] = sotto_item_of_event(&events[end]);
        }
        size = job->once ? unique(cutter->items, size) : size;
        if (!job->cut(job->context, job->kind, job->visit, cutter->times, cutter->items, size)) {
            return false;
        }
    }
    return true;
}

static size_t pick(sotto_cutter *cutter, const sotto_visit *visit, const sotto_visit_event *events,
                   unsigned kinds)
{
    size_t count = 0;
    for (size_t i = 0; i < visit->event_count; i++) {
        if ((kinds >> sotto_kind_of_event(&events[i]) & 1) != 0) {
            cutter->events[count++] = events[i];
        }
    }
    return count;
}

bool sotto_visit_cut(sotto_cutter *cutter, const sotto_visit_rules *rules,
                     const sotto_visit *visit, const sotto_visit_event *events, sotto_cut_fn cut_fn,
                     void *context)
{
    enum { VIEW = 1 << SOTTO_LOG_VIEW, CART = 1 << SOTTO_LOG_CART, BUY = 1 << SOTTO_LOG_PURCHASE };
    uint32_t gap_s = rules->by_time ? rules->session_gap_s : UINT32_MAX;
    uint32_t moment_s = rules->by_time ? MINUTE_S : UINT32_MAX;
    const cut_job jobs[] = {
        {visit, SOTTO_CUT_VIEWS, false, false, gap_s, cut_fn, context},
        {visit, SOTTO_CUT_BASKET, true, true, moment_s, cut_fn, context},
        {visit, SOTTO_CUT_CART, false, true, gap_s, cut_fn, context},
        {visit, SOTTO_CUT_OTHERS, false, false, gap_s, cut_fn, context},
    };
    static const unsigned kinds[] = {VIEW, BUY, CART, CART | BUY};
    bool viewed = false;
    if (!reserve_cutter(cutter, (size_t)visit->event_count + 1)) {
        return false;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(jobs); i++) {
        size_t count = pick(cutter, visit, events, kinds[i]);
        if (jobs[i].kind == SOTTO_CUT_OTHERS && viewed) {
            continue;
        }
        if (count > 0 && !cut(cutter, &jobs[i], count)) {
            return false;
        }
        viewed = viewed || (jobs[i].kind == SOTTO_CUT_VIEWS && count > 0);
    }
    return true;
}

/* ---- in files -------------------------------------------------------------------------------- */

/*
 * Columns: 0 of a visit: shopper less the last one's, and events << 1 | bare; 1 its first time, and
 * if bare its last time and clicks; 2 time of each event less the one before; 3 items; 4 of each
 * event kind | 4 if its session is another than the last event's | 8 if its order is | 16 times the
 * code of its pieces; 5 those hashes. At the start of a block the last shopper is 0; at the start
 * of a visit session and order are.
 */
enum { VISITS, TIMES, STEPS, ITEMS, KINDS, HASHES };
enum { NEW_SESSION = 4, NEW_ORDER = 8 };

static void write_hash(sotto_block_writer *writer, uint32_t hash)
{
    uint8_t bytes[4] = {(uint8_t)hash, (uint8_t)(hash >> 8), (uint8_t)(hash >> 16),
                        (uint8_t)(hash >> 24)};
    sotto_blocks_raw(writer, HASHES, bytes, sizeof bytes);
}

static void write_events(const sotto_visit *visit, const sotto_visit_event *events,
                         sotto_block_writer *writer)
{
    uint32_t time = visit->first, session = 0, order = 0;
    for (size_t i = 0; i < visit->event_count; i++) {
        const sotto_visit_event *event = &events[i];
        unsigned flags = (unsigned)sotto_kind_of_event(event) | sotto_code_of_event(event) << 4;
        flags |= event->session != session ? NEW_SESSION : 0u;
        flags |= event->order != order ? NEW_ORDER : 0u;
        sotto_blocks_varint(writer, STEPS, event->time - time);
        sotto_blocks_varint(writer, ITEMS, sotto_item_of_event(event));
        sotto_blocks_varint(writer, KINDS, flags);
        if ((flags & NEW_SESSION) != 0) {
            write_hash(writer, event->session);
        }
        if ((flags & NEW_ORDER) != 0) {
            write_hash(writer, event->order);
        }
        time = event->time;
        session = event->session;
        order = event->order;
    }
}

void sotto_visits_write(const sotto_visits *visits, sotto_block_writer *writer)
{
    uint64_t shopper = 0;
    for (size_t i = 0; i < visits->count; i++) {
        const sotto_visit *visit = &visits->visits[i];
        sotto_blocks_varint(writer, VISITS, visit->shopper - shopper);
        sotto_blocks_varint(writer, VISITS, visit->event_count << 1 | (visit->bare ? 1 : 0));
        sotto_blocks_varint(writer, TIMES, visit->first);
        if (visit->bare) {
            sotto_blocks_varint(writer, TIMES, visit->last);
            sotto_blocks_varint(writer, TIMES, visit->click_count);
        } else {
            write_events(visit, visits->events + visit->start, writer);
        }
        sotto_blocks_row(writer);
        shopper = writer->columns[VISITS].size == 0 ? 0 : visit->shopper;
    }
}

static bool bad_visit(sotto_block_reader *reader)
{
    return sotto_blocks_bad(reader, "a visit does not fit together");
}

static bool take_hash(sotto_block_reader *reader, uint32_t *hash)
{
    const uint8_t *bytes;
    if (!sotto_blocks_take_raw(reader, HASHES, &bytes, 4)) {
        return false;
    }
    *hash = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16
            | (uint32_t)bytes[3] << 24;
    return true;
}

/* The events of a visit, into `events`; counts clicks and finds the last time. */
static bool take_events(sotto_block_reader *reader, sotto_visit *visit, sotto_visit_event *events,
                        uint32_t item_count, const uint32_t *items, uint32_t later)
{
    uint64_t step, item, flags, time = visit->first;
    uint32_t session = 0, order = 0;
    for (size_t i = 0; i < visit->event_count; i++) {
        if (!sotto_blocks_take(reader, STEPS, &step) || !sotto_blocks_take(reader, ITEMS, &item)
            || !sotto_blocks_take(reader, KINDS, &flags)
            || ((flags & NEW_SESSION) != 0 && !take_hash(reader, &session))
            || ((flags & NEW_ORDER) != 0 && !take_hash(reader, &order))) {
            return false;
        }
        if (step > UINT32_MAX - later || time + step > UINT32_MAX - later || item >= item_count
            || flags >> 4 >= 64 || (flags & 3) == SOTTO_LOG_IGNORE
            || (flags >> 4 > 0 && (flags & 3) != SOTTO_LOG_PURCHASE)) {
            return bad_visit(reader);
        }
        time += step;
        uint32_t number = items == NULL ? (uint32_t)item : items[item];
        events[i] = (sotto_visit_event){(uint32_t)time + later,
                                        (uint32_t)(flags & 3) << 30
                                            | (uint32_t)(flags >> 4) << 24 | number,
                                        session, order};
        visit->click_count += (flags & 3) != SOTTO_LOG_PURCHASE ? 1 : 0;
    }
    visit->last = (uint32_t)time + later;
    return true;
}

static bool take_visit(sotto_block_reader *reader, sotto_visit *visit, uint64_t last_shopper)
{
    uint64_t step, size, first, last, clicks;
    if (!sotto_blocks_take(reader, VISITS, &step) || !sotto_blocks_take(reader, VISITS, &size)
        || !sotto_blocks_take(reader, TIMES, &first)) {
        return false;
    }
    *visit = (sotto_visit){.shopper = last_shopper + step, .first = (uint32_t)first,
                           .event_count = size >> 1, .bare = (size & 1) != 0};
    if (visit->shopper < last_shopper || visit->event_count == 0 || first > UINT32_MAX) {
        return bad_visit(reader);
    }
    if (!visit->bare) {
        return visit->event_count <= SOTTO_VISIT_EVENTS || bad_visit(reader);
    }
    if (!sotto_blocks_take(reader, TIMES, &last) || !sotto_blocks_take(reader, TIMES, &clicks)) {
        return false;
    }
    visit->last = (uint32_t)last;
    visit->click_count = clicks;
    return (last >= first && last <= UINT32_MAX && clicks <= visit->event_count)
           || bad_visit(reader);
}

bool sotto_visits_read(sotto_visits *visits, sotto_block_reader *reader, uint32_t item_count,
                       const uint32_t *items, uint32_t later)
{
    sotto_visit_event *events = malloc(SOTTO_VISIT_EVENTS * sizeof *events);
    bool good = events != NULL || sotto_blocks_bad(reader, "not enough memory"), found = true;
    while (good && (good = sotto_blocks_next(reader, &found)) && found) {
        uint64_t shopper = 0;
        while (good && !sotto_blocks_done(reader)) {
            sotto_visit visit;
            good = take_visit(reader, &visit, shopper)
                   && (visit.bare
                       || take_events(reader, &visit, events, item_count, items, later));
            shopper = good ? visit.shopper : 0;
            if (good && (visit.first > UINT32_MAX - later || visit.last > UINT32_MAX - later)) {
                good = bad_visit(reader);
            }
            if (good) {
                visit.first += later;
                visit.last += visit.bare ? later : 0;
                good = sotto_visits_add(visits, &visit, visit.bare ? NULL : events)
                       || sotto_blocks_bad(reader, "not enough memory");
            }
        }
    }
    free(events);
    return good;
}
