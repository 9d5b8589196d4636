/*
 * events.c - what the logs said, as numbers
 *
 * Who a shopper is: the shopper the row names, else its session, else its order, else nobody but
 * this row. A letter in front keeps a shopper "7" apart from an order "7". Session ids of many
 * analytics tools are unique only for one shopper, so a session's name begins with the shopper's
 * number.
 *
 * An item's title may change over the years or be overwritten by a note of the warehouse
 * ("damaged"). The most frequent title is found in one pass and without counting each by the vote
 * of Boyer and Moore: the same title adds a vote, another takes one away, and at none the title
 * changes.
 */
#include "train/events.h"

#include <stdlib.h>
#include <string.h>

void sotto_events_init(sotto_events *events)
{
    memset(events, 0, sizeof *events);
    events->has_time = true;
}

void sotto_events_free(sotto_events *events)
{
    sotto_intern_free(&events->items);
    sotto_intern_free(&events->shoppers);
    sotto_intern_free(&events->sessions);
    sotto_intern_free(&events->orders);
    sotto_intern_free(&events->facts);
    free(events->entries);
    free(events->notes);
    memset(events, 0, sizeof *events);
}

static bool find_shopper(sotto_events *events, const sotto_log_row *row, uint32_t *shopper)
{
    char key[SOTTO_MAX_ID_SIZE + 1];
    sotto_text name = row->shopper;
    key[0] = 'c';
    if (name.size == 0) {
        name = row->session;
        key[0] = 's';
    }
    if (name.size == 0) {
        name = row->order;
        key[0] = 'o';
    }
    if (name.size == 0) {
        name = (sotto_text){(const char *)&events->count, sizeof events->count};
        key[0] = 'r';
    }
    memcpy(key + 1, name.bytes, name.size);
    return sotto_intern_add(&events->shoppers, (sotto_text){key, name.size + 1}, shopper);
}

static bool find_groups(sotto_events *events, const sotto_log_row *row, sotto_log_entry *entry)
{
    char key[SOTTO_MAX_ID_SIZE + sizeof entry->shopper];
    entry->session = entry->order = SOTTO_NO_GROUP;
    if (row->session.size > 0) {
        memcpy(key, &entry->shopper, sizeof entry->shopper);
        memcpy(key + sizeof entry->shopper, row->session.bytes, row->session.size);
        sotto_text name = {key, sizeof entry->shopper + row->session.size};
        if (!sotto_intern_add(&events->sessions, name, &entry->session)) {
            return false;
        }
    }
    return row->order.size == 0 || sotto_intern_add(&events->orders, row->order, &entry->order);
}

static bool note_text(sotto_events *events, sotto_text text, uint32_t *place)
{
    return text.size == 0 || sotto_intern_add(&events->facts, text, place);
}

static bool note_title(sotto_events *events, sotto_text text, sotto_item_notes *notes)
{
    uint32_t title;
    if (text.size == 0) {
        return true;
    }
    if (!sotto_intern_add(&events->facts, text, &title)) {
        return false;
    }
    if (notes->title_votes == 0) {
        notes->title = title;
    }
    notes->title_votes = notes->title == title ? notes->title_votes + 1 : notes->title_votes - 1;
    return true;
}

static bool note_item(sotto_events *events, const sotto_log_row *row, uint32_t item)
{
    if (item >= events->notes_room) {
        uint32_t room = events->notes_room * 2 + 256;
        sotto_item_notes *notes = realloc(events->notes, room * sizeof *notes);
        if (notes == NULL) {
            return false;
        }
        static const sotto_item_notes none = {SOTTO_NO_GROUP, 0, SOTTO_NO_GROUP, SOTTO_NO_GROUP,
                                              SOTTO_NO_GROUP, SOTTO_NO_GROUP, false, 0};
        for (uint32_t i = events->notes_room; i < room; i++) {
            notes[i] = none;
        }
        events->notes = notes;
        events->notes_room = room;
    }
    sotto_item_notes *notes = &events->notes[item];
    if (row->has_price && row->price > 0) {
        notes->has_price = true;
        notes->price = row->price;
    }
    return note_title(events, row->title, notes)
           && note_text(events, row->category, &notes->category)
           && note_text(events, row->brand, &notes->brand)
           && note_text(events, row->url, &notes->url)
           && note_text(events, row->image, &notes->image);
}

static bool add_entry(sotto_events *events, const sotto_log_row *row, const sotto_log_entry *entry)
{
    if (events->count == events->room) {
        size_t room = events->room * 2 + 4096;
        sotto_log_entry *entries = realloc(events->entries, room * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        events->entries = entries;
        events->room = room;
    }
    events->entries[events->count++] = *entry;
    events->kind_counts[row->kind]++;
    events->has_time = events->has_time && row->has_time;
    return true;
}

bool sotto_events_add(void *context, const sotto_log_row *row, sotto_train_fault *fault)
{
    sotto_events *events = context;
    sotto_log_entry entry = {.time_s = (uint32_t)row->time_s, .kind = (uint8_t)row->kind,
                             .arrival = (uint32_t)events->count, .named = row->shopper.size > 0};
    bool good = sotto_intern_add(&events->items, row->item, &entry.item)
                && find_shopper(events, row, &entry.shopper) && find_groups(events, row, &entry)
                && note_item(events, row, entry.item) && add_entry(events, row, &entry);
    if (!good) {
        return sotto_fault_set(fault, "%s:%llu: not enough memory for the logs", row->file,
                               (unsigned long long)row->line);
    }
    if (events->items.count > SOTTO_MAX_ITEMS || events->count >= UINT32_MAX) {
        return sotto_fault_set(fault, "%s:%llu: more items or rows than one model can hold",
                               row->file, (unsigned long long)row->line);
    }
    return true;
}
