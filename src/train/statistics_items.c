/*
 * statistics_items.c - the items of the logs, and what the rows said of them
 */
#include "train/statistics_items.h"

#include "train/values.h"

#include <stdlib.h>
#include <string.h>

static void free_entry(sotto_book_entry *entry)
{
    for (uint32_t i = 0; i < entry->title_count; i++) {
        free(entry->titles[i].text);
    }
    free(entry->titles);
    for (unsigned field = 0; field < SOTTO_BOOK_FIELDS; field++) {
        free(entry->fields[field].text);
    }
}

void sotto_book_free(sotto_book *book)
{
    for (uint32_t i = 0; i < book->ids.count && book->entries != NULL; i++) {
        free_entry(&book->entries[i]);
    }
    free(book->entries);
    sotto_intern_free(&book->ids);
    memset(book, 0, sizeof *book);
}

static bool add_item(sotto_book *book, sotto_text id, uint32_t *item)
{
    if (book->ids.count == book->room) { /* before: so that every item has its entry */
        uint32_t room = book->room * 2 + 256;
        sotto_book_entry *entries = realloc(book->entries, room * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        memset(entries + book->room, 0, (room - book->room) * sizeof *entries);
        book->entries = entries;
        book->room = room;
    }
    return sotto_intern_add(&book->ids, id, item);
}

static char *copy_text(sotto_text text)
{
    char *copy = malloc(text.size + 1);
    if (copy != NULL) {
        memcpy(copy, text.bytes, text.size);
        copy[text.size] = '\0';
    }
    return copy;
}

static bool usable(sotto_text text)
{
    return text.size > 0 && text.size <= SOTTO_BOOK_TEXT_SIZE;
}

static bool add_title(sotto_book_entry *entry, sotto_text text, uint64_t count)
{
    if (!usable(text)) {
        return true;
    }
    uint64_t hash = sotto_hash(text.bytes, text.size);
    uint32_t at = 0;
    while (at < entry->title_count && entry->titles[at].hash < hash) {
        at++;
    }
    if (at < entry->title_count && entry->titles[at].hash == hash) {
        entry->titles[at].count += count;
        return true;
    }
    if (at == SOTTO_BOOK_TITLES) {
        return true;
    }
    sotto_book_title *titles =
        realloc(entry->titles, (entry->title_count + 1) * sizeof *entry->titles);
    char *copy = copy_text(text);
    entry->titles = titles != NULL ? titles : entry->titles;
    if (titles == NULL || copy == NULL) {
        free(copy);
        return false;
    }
    memmove(titles + at + 1, titles + at, (entry->title_count - at) * sizeof *titles);
    titles[at] = (sotto_book_title){hash, count, copy, (uint32_t)text.size};
    if (++entry->title_count > SOTTO_BOOK_TITLES) {
        free(titles[--entry->title_count].text);
    }
    return true;
}

static bool is_greater(sotto_text a, const sotto_book_field *b)
{
    int order = memcmp(a.bytes, b->text, a.size < b->size ? a.size : b->size);
    return order != 0 ? order > 0 : a.size > b->size;
}

static bool set_field(sotto_book_field *field, sotto_text text, uint32_t time)
{
    if (!usable(text)
        || (field->text != NULL
            && (time < field->time || (time == field->time && !is_greater(text, field))))) {
        return true;
    }
    bool same = field->text != NULL && field->size == text.size
                && memcmp(field->text, text.bytes, text.size) == 0;
    if (!same) {
        char *copy = copy_text(text);
        if (copy == NULL) {
            return false;
        }
        free(field->text);
        field->text = copy;
        field->size = (uint32_t)text.size;
    }
    field->time = time;
    return true;
}

static void set_price(sotto_book_entry *entry, double price, uint32_t time)
{
    if (!entry->has_price || time > entry->price_time
        || (time == entry->price_time && price > entry->price)) {
        entry->has_price = true;
        entry->price = price;
        entry->price_time = time;
    }
}

bool sotto_book_note(sotto_book *book, const sotto_log_row *row, uint32_t time, uint32_t *item)
{
    if (!add_item(book, row->item, item)) {
        return false;
    }
    sotto_book_entry *entry = &book->entries[*item];
    if (row->has_price && row->price > 0 && row->price < SOTTO_BOOK_PRICE) {
        set_price(entry, row->price, time);
    }
    return add_title(entry, row->title, 1)
           && set_field(&entry->fields[SOTTO_BOOK_CATEGORY], row->category, time)
           && set_field(&entry->fields[SOTTO_BOOK_BRAND], row->brand, time)
           && set_field(&entry->fields[SOTTO_BOOK_URL], row->url, time)
           && set_field(&entry->fields[SOTTO_BOOK_IMAGE], row->image, time);
}

bool sotto_book_join(sotto_book *book, const sotto_book *other, uint32_t later, uint32_t *items)
{
    bool good = true;
    for (uint32_t i = 0; good && i < other->ids.count; i++) {
        good = add_item(book, sotto_intern_get(&other->ids, i), &items[i]);
        sotto_book_entry *to = good ? &book->entries[items[i]] : NULL;
        const sotto_book_entry *from = &other->entries[i];
        for (uint32_t title = 0; good && title < from->title_count; title++) {
            const sotto_book_title *one = &from->titles[title];
            good = add_title(to, (sotto_text){one->text, one->size}, one->count);
        }
        for (unsigned field = 0; good && field < SOTTO_BOOK_FIELDS; field++) {
            const sotto_book_field *one = &from->fields[field];
            good = set_field(&to->fields[field], (sotto_text){one->text, one->size},
                             one->time + later);
        }
        if (good && from->has_price) {
            set_price(to, from->price, from->price_time + later);
        }
    }
    return good;
}

/* ---- order ----------------------------------------------------------------------------------- */

typedef struct ordered_id {
    uint64_t   hash;
    sotto_text id;
    uint32_t   item;
} ordered_id;

static int compare_ids(const void *a, const void *b)
{
    const ordered_id *x = a, *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    int order = memcmp(x->id.bytes, y->id.bytes,
                       x->id.size < y->id.size ? x->id.size : y->id.size);
    return order != 0 ? order : x->id.size < y->id.size ? -1 : x->id.size > y->id.size ? 1 : 0;
}

uint32_t *sotto_book_order(const sotto_book *book)
{
    uint32_t count = book->ids.count;
    uint32_t *order = malloc(((size_t)count + 1) * sizeof *order);
    ordered_id *ids = malloc(((size_t)count + 1) * sizeof *ids);
    if (order == NULL || ids == NULL) {
        free(order);
        free(ids);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = (ordered_id){book->ids.hashes[i], sotto_intern_get(&book->ids, i), i};
    }
    qsort(ids, count, sizeof *ids, compare_ids);
    for (uint32_t i = 0; i < count; i++) {
        order[i] = ids[i].item;
    }
    free(ids);
    return order;
}

sotto_text sotto_book_title_of(const sotto_book *book, uint32_t item)
{
    const sotto_book_entry *entry = &book->entries[item];
    const sotto_book_title *best = NULL;
    for (uint32_t i = 0; i < entry->title_count; i++) {
        best = best == NULL || entry->titles[i].count > best->count ? &entry->titles[i] : best;
    }
    return best == NULL ? (sotto_text){"", 0} : (sotto_text){best->text, best->size};
}

sotto_text sotto_book_field_of(const sotto_book *book, uint32_t item, unsigned field)
{
    const sotto_book_field *one = &book->entries[item].fields[field];
    return one->text == NULL ? (sotto_text){"", 0} : (sotto_text){one->text, one->size};
}

/* ---- writing and reading --------------------------------------------------------------------- */

/*
 * Columns: 0 sizes of ids, 1 ids, 2 numbers (how many titles, and of each count and size; of each
 * field size, and time if it has one; 1 and time for a price, else 0), 3 texts, 4 prices.
 */
enum { ID_SIZES, IDS, NUMBERS, TEXTS, PRICES };

static void write_entry(const sotto_book_entry *entry, sotto_block_writer *writer)
{
    sotto_blocks_varint(writer, NUMBERS, entry->title_count);
    for (uint32_t i = 0; i < entry->title_count; i++) {
        sotto_blocks_varint(writer, NUMBERS, entry->titles[i].count);
        sotto_blocks_varint(writer, NUMBERS, entry->titles[i].size);
        sotto_blocks_raw(writer, TEXTS, entry->titles[i].text, entry->titles[i].size);
    }
    for (unsigned field = 0; field < SOTTO_BOOK_FIELDS; field++) {
        const sotto_book_field *one = &entry->fields[field];
        sotto_blocks_varint(writer, NUMBERS, one->size);
        if (one->size > 0) {
            sotto_blocks_varint(writer, NUMBERS, one->time);
            sotto_blocks_raw(writer, TEXTS, one->text, one->size);
        }
    }
    sotto_blocks_varint(writer, NUMBERS, entry->has_price ? 1 : 0);
    if (entry->has_price) {
        uint64_t bits;
        uint8_t bytes[8];
        memcpy(&bits, &entry->price, sizeof bits);
        for (unsigned i = 0; i < 8; i++) {
            bytes[i] = (uint8_t)(bits >> (8 * i));
        }
        sotto_blocks_varint(writer, NUMBERS, entry->price_time);
        sotto_blocks_raw(writer, PRICES, bytes, sizeof bytes);
    }
}

void sotto_book_write(const sotto_book *book, const uint32_t *order, sotto_block_writer *writer)
{
    for (uint32_t place = 0; place < book->ids.count; place++) {
        sotto_text id = sotto_intern_get(&book->ids, order[place]);
        sotto_blocks_varint(writer, ID_SIZES, id.size);
        sotto_blocks_raw(writer, IDS, id.bytes, id.size);
        write_entry(&book->entries[order[place]], writer);
        sotto_blocks_row(writer);
    }
}

static bool no_memory(sotto_block_reader *reader)
{
    return sotto_blocks_bad(reader, "not enough memory");
}

static bool take_text(sotto_block_reader *reader, uint64_t size, sotto_text *text)
{
    const uint8_t *bytes;
    if (size == 0 || size > SOTTO_BOOK_TEXT_SIZE) {
        return sotto_blocks_bad(reader, "a text of an item is too long");
    }
    if (!sotto_blocks_take_raw(reader, TEXTS, &bytes, (size_t)size)) {
        return false;
    }
    *text = (sotto_text){(const char *)bytes, (size_t)size};
    return sotto_text_is_clean(*text) || sotto_blocks_bad(reader, "a text of an item is not UTF-8");
}

static bool take_time(sotto_block_reader *reader, uint32_t *time)
{
    uint64_t number;
    if (!sotto_blocks_take(reader, NUMBERS, &number)) {
        return false;
    }
    *time = (uint32_t)number;
    return number <= UINT32_MAX || sotto_blocks_bad(reader, "a time is out of range");
}

static bool read_titles(sotto_book_entry *entry, sotto_block_reader *reader)
{
    uint64_t title_count, count, size;
    sotto_text text;
    if (!sotto_blocks_take(reader, NUMBERS, &title_count)) {
        return false;
    }
    if (title_count > SOTTO_BOOK_TITLES) {
        return sotto_blocks_bad(reader, "an item has too many titles");
    }
    for (uint64_t i = 0; i < title_count; i++) {
        if (!sotto_blocks_take(reader, NUMBERS, &count)
            || !sotto_blocks_take(reader, NUMBERS, &size) || !take_text(reader, size, &text)) {
            return false;
        }
        if (!add_title(entry, text, count)) {
            return no_memory(reader);
        }
    }
    return true;
}

static bool read_price(sotto_book_entry *entry, sotto_block_reader *reader)
{
    uint64_t has_price, bits = 0;
    const uint8_t *bytes;
    double price;
    if (!sotto_blocks_take(reader, NUMBERS, &has_price)) {
        return false;
    }
    if (has_price == 0) {
        return true;
    }
    if (!take_time(reader, &entry->price_time)
        || !sotto_blocks_take_raw(reader, PRICES, &bytes, 8)) {
        return false;
    }
    for (unsigned i = 0; i < 8; i++) {
        bits |= (uint64_t)bytes[i] << (8 * i);
    }
    memcpy(&price, &bits, sizeof price);
    if (!(price > 0 && price < SOTTO_BOOK_PRICE)) {
        return sotto_blocks_bad(reader, "a price is none");
    }
    entry->has_price = true;
    entry->price = price;
    return true;
}

static bool read_entry(sotto_book_entry *entry, sotto_block_reader *reader)
{
    uint64_t size;
    sotto_text text;
    uint32_t time;
    if (!read_titles(entry, reader)) {
        return false;
    }
    for (unsigned field = 0; field < SOTTO_BOOK_FIELDS; field++) {
        if (!sotto_blocks_take(reader, NUMBERS, &size)) {
            return false;
        }
        if (size == 0) {
            continue;
        }
        if (!take_time(reader, &time) || !take_text(reader, size, &text)) {
            return false;
        }
        if (!set_field(&entry->fields[field], text, time)) {
            return no_memory(reader);
        }
    }
    return read_price(entry, reader);
}

/* One item: its id is new, clean and behind the last one. */
static bool read_item(sotto_book *book, sotto_block_reader *reader)
{
    uint64_t size;
    const uint8_t *bytes;
    uint32_t item, before = book->ids.count;
    if (!sotto_blocks_take(reader, ID_SIZES, &size)) {
        return false;
    }
    if (size == 0 || size > SOTTO_MAX_ID_SIZE || before >= SOTTO_MAX_ITEMS) {
        return sotto_blocks_bad(reader, "an id is too long, or there are too many");
    }
    if (!sotto_blocks_take_raw(reader, IDS, &bytes, (size_t)size)) {
        return false;
    }
    sotto_text id = {(const char *)bytes, (size_t)size};
    if (!sotto_text_is_clean(id)) {
        return sotto_blocks_bad(reader, "an id is not UTF-8");
    }
    if (!add_item(book, id, &item)) {
        return no_memory(reader);
    }
    bool in_order = item == before;
    if (in_order && item > 0) {
        ordered_id last = {book->ids.hashes[item - 1], sotto_intern_get(&book->ids, item - 1), 0};
        ordered_id this = {book->ids.hashes[item], sotto_intern_get(&book->ids, item), 0};
        in_order = compare_ids(&last, &this) < 0;
    }
    return in_order ? read_entry(&book->entries[item], reader)
                    : sotto_blocks_bad(reader, "items are not in order");
}

bool sotto_book_read(sotto_book *book, sotto_block_reader *reader)
{
    bool found = true;
    while (sotto_blocks_next(reader, &found)) {
        if (!found) {
            return true;
        }
        while (!sotto_blocks_done(reader)) {
            if (!read_item(book, reader)) {
                return false;
            }
        }
    }
    return false;
}
