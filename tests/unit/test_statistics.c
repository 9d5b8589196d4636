#include "log_rows.h"

#include "train/statistics.h"

#include <unistd.h>

/*
 * A shop of made-up rows: shoppers with sessions, carts and orders over some weeks; now and then a
 * machine. The statistics of the whole must be the same bytes, however the rows come.
 */
#define ROWS_MAX  60000
#define TEXT_SIZE 24

typedef struct made_row {
    char           shopper[TEXT_SIZE], session[TEXT_SIZE], order[TEXT_SIZE], item[TEXT_SIZE];
    char           title[TEXT_SIZE];
    sotto_log_kind kind;
    int64_t        time_s;
    double         price;
} made_row;

static made_row rows[ROWS_MAX];
static size_t row_count;
static uint64_t dice_state;
static sotto_train_fault fault;

static uint32_t dice(uint32_t sides)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((dice_state >> 33) % sides);
}

static made_row *new_row(uint32_t shopper, sotto_log_kind kind, uint32_t item, int64_t time_s)
{
    REQUIRE(row_count < ROWS_MAX);
    made_row *row = &rows[row_count++];
    memset(row, 0, sizeof *row);
    snprintf(row->shopper, TEXT_SIZE, "%s%u", "shopper", shopper);
    snprintf(row->item, TEXT_SIZE, "item-%u", item);
    if (dice(3) == 0) {
        snprintf(row->title, TEXT_SIZE, dice(5) == 0 ? "old %u" : "new %u", item);
    }
    row->kind = kind;
    row->time_s = time_s;
    row->price = dice(4) == 0 ? 1 + dice(50) : 0;
    return row;
}

static void make_visit(uint32_t shopper, int64_t time_s, bool with_sessions)
{
    uint32_t length = 1 + dice(9), shelf = dice(20) * 10;
    char session[TEXT_SIZE] = "", order[TEXT_SIZE];
    snprintf(order, sizeof order, "o%u", dice(1000000000));
    if (with_sessions) {
        snprintf(session, sizeof session, "s%u", dice(3));
    }
    for (uint32_t i = 0; i < length; i++) {
        made_row *row = new_row(shopper, SOTTO_LOG_VIEW, shelf + dice(12), time_s);
        snprintf(row->session, TEXT_SIZE, "%s", session);
        time_s += dice(20) == 0 ? 1500 + dice(2500) : dice(90);
    }
    for (uint32_t i = dice(8) == 0 ? 1 + dice(5) : 0; i > 0; i--) {
        new_row(shopper, SOTTO_LOG_CART, shelf + dice(12), time_s + dice(9));
        made_row *row = new_row(shopper, SOTTO_LOG_PURCHASE, shelf + dice(12), time_s + 60);
        snprintf(row->order, TEXT_SIZE, "%s", dice(3) == 0 ? "" : order);
    }
}

static void make_rows(uint64_t seed, int64_t days, bool with_sessions)
{
    dice_state = seed;
    row_count = 0;
    for (int i = 0; i < 2500; i++) {
        int64_t day = dice((uint32_t)days), second = 6 * 3600 + dice(17 * 3600);
        make_visit(dice(700), 1700000000 + day * 86400 + second, with_sessions);
    }
    int64_t busy = 1700000000 + days / 2 * 86400;
    for (uint32_t i = 0; i < 1500; i++) { /* a machine that never sleeps */
        new_row(9001, SOTTO_LOG_VIEW, dice(200), busy + i * 50);
    }
    for (uint32_t i = 0; i < 150; i++) { /* and a quick one */
        new_row(9002, SOTTO_LOG_VIEW, dice(200), busy + 7 + i / 4);
    }
}

static sotto_statistics_options options = {
    .session_gap_s = 1800, .bot_clicks = 1000, .bot_per_minute = 100, .support = 8,
    .sample_events = 4000, .memory = (size_t)1 << 20};

typedef struct file_bytes {
    char   path[64];
    size_t size;
    char  *bytes;
} file_bytes;

static void keep(FILE *file, file_bytes *kept)
{
    static int number;
    fflush(file);
    kept->size = (size_t)ftello(file);
    kept->bytes = malloc(kept->size + 1);
    rewind(file);
    REQUIRE(fread(kept->bytes, 1, kept->size, file) == kept->size);
    fclose(file);
    snprintf(kept->path, sizeof kept->path, "/tmp/sotto-test-%d-%d.statistics", (int)getpid(),
             number++);
    FILE *to = fopen(kept->path, "wb");
    REQUIRE(to != NULL && fwrite(kept->bytes, 1, kept->size, to) == kept->size);
    fclose(to);
}

static void drop(file_bytes *kept)
{
    remove(kept->path);
    free(kept->bytes);
}

/* Statistics of the rows whose part is the wanted one, in the order given. */
static void count(const made_row *const *list, size_t list_count, bool by_time, bool whole,
                  file_bytes *kept)
{
    sotto_statistics_maker *maker = sotto_statistics_begin(&options, by_time, &fault);
    REQUIRE(maker != NULL);
    for (size_t i = 0; i < list_count; i++) {
        const made_row *from = list[i];
        sotto_log_row row = {.kind = from->kind, .item = text_of(from->item),
                             .shopper = text_of(from->shopper), .session = text_of(from->session),
                             .order = text_of(from->order), .title = text_of(from->title),
                             .has_price = from->price > 0, .price = from->price,
                             .has_time = by_time, .time_s = by_time ? from->time_s : 0,
                             .quantity = 1, .file = "test", .line = i + 1};
        REQUIRE(sotto_statistics_add(maker, &row, &fault));
    }
    FILE *file = sotto_temp_file(&fault);
    REQUIRE(file != NULL);
    REQUIRE(sotto_statistics_finish(maker, whole, file, &fault));
    keep(file, kept);
}

static const made_row *list[ROWS_MAX];

static void count_all(file_bytes *kept)
{
    for (size_t i = 0; i < row_count; i++) {
        list[i] = &rows[i];
    }
    count(list, row_count, true, false, kept);
}

static void merge(const file_bytes *parts, size_t part_count, bool whole, file_bytes *kept)
{
    const char *paths[64];
    FILE *file = sotto_temp_file(&fault);
    REQUIRE(file != NULL && part_count <= 64);
    for (size_t i = 0; i < part_count; i++) {
        paths[i] = parts[i].path;
    }
    bool good = sotto_statistics_merge(paths, part_count, (size_t)1 << 20, whole, file, &fault);
    if (!CHECK(good)) {
        printf("%s\n", fault.message);
    }
    REQUIRE(good);
    keep(file, kept);
}

static bool same(const file_bytes *a, const file_bytes *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static void shuffle_list(size_t list_count)
{
    for (size_t i = list_count; i > 1; i--) {
        size_t k = dice((uint32_t)i);
        const made_row *held = list[i - 1];
        list[i - 1] = list[k];
        list[k] = held;
    }
}

TEST(rows_in_any_order_give_the_same_bytes)
{
    file_bytes whole, other;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        ROW("seed %u", (unsigned)seed);
        make_rows(seed, 30, seed % 2 == 0);
        count_all(&whole);
        shuffle_list(row_count);
        count(list, row_count, true, false, &other);
        CHECK(same(&whole, &other));
        drop(&whole);
        drop(&other);
    }
}

/* Counts part by part, then merges them two at a time in an order by chance, or all at once. */
static void check_parts(const uint8_t *part_of, size_t part_count, const file_bytes *whole,
                        bool in_order)
{
    file_bytes parts[64] = {0}, merged;
    for (size_t part = 0; part < part_count; part++) {
        size_t used = 0;
        for (size_t i = 0; i < row_count; i++) {
            if (part_of[i] == part) {
                list[used++] = &rows[i];
            }
        }
        shuffle_list(used);
        count(list, used, true, false, &parts[part]);
    }
    merge(parts, part_count, false, &merged);
    CHECK(same(&merged, whole));
    drop(&merged);
    for (size_t left = part_count; left > 1; left--) {
        size_t first = in_order ? 0 : dice((uint32_t)left), second = in_order ? 1 : first;
        while (second == first) {
            second = dice((uint32_t)left);
        }
        file_bytes pair[2] = {parts[first], parts[second]};
        merge(pair, 2, false, &merged);
        drop(&pair[0]);
        drop(&pair[1]);
        parts[first] = merged;
        memmove(&parts[second], &parts[second + 1], (left - second - 1) * sizeof *parts);
    }
    CHECK(same(&parts[0], whole));
    drop(&parts[0]);
}

static uint8_t part_of[ROWS_MAX];

TEST(logs_cut_at_any_instant_merge_into_the_bytes_of_the_whole)
{
    file_bytes whole;
    for (uint64_t seed = 10; seed < 14; seed++) {
        ROW("seed %u", (unsigned)seed);
        int64_t days = 4 + (int64_t)seed * 3;
        make_rows(seed, days, seed % 2 == 0);
        count_all(&whole);
        int64_t cuts[7], at = 1700000000;
        for (size_t i = 0; i < 7; i++) { /* each part six hours at least, some not a second more */
            at += 6 * 3600 + (i % 2 == 0 ? 0 : dice((uint32_t)(days * 86400 / 7)));
            cuts[i] = at;
        }
        for (size_t i = 0; i < row_count; i++) {
            part_of[i] = 0;
            while (part_of[i] < 7 && rows[i].time_s >= cuts[part_of[i]]) {
                part_of[i]++;
            }
        }
        check_parts(part_of, 8, &whole, false);
        drop(&whole);
    }
}

TEST(short_parts_merge_oldest_first)
{
    file_bytes whole;
    make_rows(21, 2, true);
    count_all(&whole);
    for (size_t i = 0; i < row_count; i++) { /* an hour and a quarter each; the night has none */
        int64_t part = (rows[i].time_s - 1700000000 - 6 * 3600) / 4500;
        part_of[i] = (uint8_t)(part > 31 ? 31 : part);
    }
    check_parts(part_of, 32, &whole, true);
    drop(&whole);
}

TEST(logs_cut_by_shopper_merge_into_the_bytes_of_the_whole)
{
    file_bytes whole;
    make_rows(31, 12, false);
    count_all(&whole);
    for (size_t i = 0; i < row_count; i++) {
        part_of[i] = (uint8_t)(sotto_hash(rows[i].shopper, strlen(rows[i].shopper)) % 5);
    }
    check_parts(part_of, 5, &whole, false);
    drop(&whole);
}

TEST(little_memory_gives_the_same_bytes)
{
    file_bytes whole, other;
    make_rows(41, 30, false);
    size_t memory = options.memory;
    options.memory = (size_t)1 << 30;
    count_all(&whole);
    options.memory = memory;
    count_all(&other);
    CHECK(same(&whole, &other));
    drop(&whole);
    drop(&other);
}

TEST(machines_are_left_out_and_counted)
{
    file_bytes whole;
    sotto_statistics statistics;
    make_rows(51, 30, false);
    for (size_t i = 0; i < row_count; i++) {
        list[i] = &rows[i];
    }
    count(list, row_count, true, true, &whole);
    REQUIRE(sotto_statistics_open(&statistics, whole.path, &fault));
    CHECK_EQ(statistics.bots[SOTTO_BOT_CLICKS].visits, 1);
    CHECK_EQ(statistics.bots[SOTTO_BOT_CLICKS].events, 1500);
    CHECK_EQ(statistics.bots[SOTTO_BOT_FAST].visits, 1);
    CHECK_EQ(statistics.bots[SOTTO_BOT_FAST].events, 150);
    CHECK_EQ(statistics.bots[SOTTO_BOT_CROWD].visits, 0);
    CHECK_EQ(statistics.open.count, 0);
    CHECK(statistics.sample.event_count <= options.sample_events);
    CHECK(statistics.sample.event_count > options.sample_events / 2);
    sotto_statistics_close(&statistics);
    drop(&whole);
}

TEST(the_most_frequent_title_is_kept_whatever_the_order)
{
    file_bytes whole;
    sotto_statistics statistics;
    uint32_t checked = 0;
    make_rows(61, 30, false);
    count_all(&whole);
    REQUIRE(sotto_statistics_open(&statistics, whole.path, &fault));
    for (uint32_t item = 0; item < statistics.book.ids.count; item++) {
        sotto_text title = sotto_book_title_of(&statistics.book, item);
        CHECK(title.size == 0 || memcmp(title.bytes, "new ", 4) == 0
              || statistics.book.entries[item].title_count == 1);
        checked += title.size > 0 ? 1 : 0;
    }
    CHECK(checked > 100);
    sotto_statistics_close(&statistics);
    drop(&whole);
}

TEST(logs_without_times_are_appended)
{
    file_bytes parts[2], merged;
    sotto_statistics statistics;
    make_rows(71, 30, true);
    for (size_t i = 0; i < row_count; i++) {
        list[i] = &rows[i];
    }
    count(list, row_count / 2, false, false, &parts[0]);
    count(list + row_count / 2, row_count - row_count / 2, false, false, &parts[1]);
    merge(parts, 2, false, &merged);
    REQUIRE(sotto_statistics_open(&statistics, merged.path, &fault));
    uint64_t all = statistics.kind_counts[0] + statistics.kind_counts[1]
                   + statistics.kind_counts[2];
    CHECK_EQ(all, row_count);
    CHECK(statistics.last >= row_count - 1 && statistics.slices.count <= 32);
    sotto_statistics_close(&statistics);
    for (size_t i = 0; i < 2; i++) {
        drop(&parts[i]);
    }
    drop(&merged);
}

TEST(statistics_that_were_counted_differently_do_not_merge)
{
    file_bytes parts[2];
    make_rows(81, 3, false);
    count_all(&parts[0]);
    options.session_gap_s = 900;
    count_all(&parts[1]);
    options.session_gap_s = 1800;
    const char *paths[2] = {parts[0].path, parts[1].path};
    FILE *file = sotto_temp_file(&fault);
    CHECK(!sotto_statistics_merge(paths, 2, (size_t)1 << 20, false, file, &fault));
    CHECK(strstr(fault.message, "session_gap") != NULL);
    fclose(file);
    drop(&parts[0]);
    drop(&parts[1]);
}
