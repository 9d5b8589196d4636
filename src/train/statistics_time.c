/*
 * statistics_time.c - which times the logs cover, and how time is sliced
 *
 *     covered   ######.####....................#######...
 *     silence  -             ------------------          ---   (short gaps are none)
 *     near      ##        ##                    ##    ##       as far as a visit reaches, and one
 *                                                              unit more, for where a cut falls
 *                                                              into the middle of a unit
 */
#include "train/statistics_time.h"

#include <stdlib.h>
#include <string.h>

#define CELLS_A_SLICE_SHIFT 4u
#define SLICES              32u
#define LAST_UNIT           (UINT32_MAX / SOTTO_UNIT_S)

static bool has_bit(const uint8_t *bits, uint32_t at)
{
    return (bits[at / 8] >> (at % 8) & 1) != 0;
}

static void set_bit(uint8_t *bits, uint32_t at)
{
    bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8));
}

void sotto_coverage_begin(sotto_coverage *coverage, bool by_time)
{
    memset(coverage, 0, sizeof *coverage);
    coverage->by_time = by_time;
    coverage->first = UINT32_MAX;
}

void sotto_coverage_free(sotto_coverage *coverage)
{
    free(coverage->covered);
    free(coverage->near);
    memset(coverage, 0, sizeof *coverage);
}

/* Room for the unit; the bits move if it is before all others. Bases are multiples of 8. */
static bool make_room(sotto_coverage *coverage, uint32_t unit)
{
    bool empty = coverage->room == 0;
    uint32_t slack = 4096;
    uint32_t base = empty || unit < coverage->base ? (unit > slack ? unit - slack : 0)
                                                   : coverage->base;
    uint32_t end = empty || unit >= coverage->base + coverage->room
                       ? unit + slack
                       : coverage->base + coverage->room;
    base = base / 8 * 8;
    end = (end + 8) / 8 * 8;
    uint8_t *bits = calloc((end - base) / 8, 1);
    if (bits == NULL) {
        return false;
    }
    if (!empty) {
        memcpy(bits + (coverage->base - base) / 8, coverage->covered, coverage->room / 8);
    }
    free(coverage->covered);
    coverage->covered = bits;
    coverage->base = base;
    coverage->room = end - base;
    return true;
}

bool sotto_coverage_add(sotto_coverage *coverage, uint32_t unit)
{
    coverage->first = unit < coverage->first ? unit : coverage->first;
    coverage->last = unit > coverage->last ? unit : coverage->last;
    if (!coverage->by_time) {
        return true;
    }
    if ((coverage->room == 0 || unit < coverage->base || unit - coverage->base >= coverage->room)
        && !make_room(coverage, unit)) {
        return false;
    }
    set_bit(coverage->covered, unit - coverage->base);
    return true;
}

bool sotto_coverage_join(sotto_coverage *coverage, const sotto_coverage *other)
{
    bool good = true;
    for (uint64_t unit = other->first; good && unit <= other->last; unit++) {
        if (!other->by_time) { /* the ends are enough */
            good = sotto_coverage_add(coverage, other->first)
                   && sotto_coverage_add(coverage, other->last);
            break;
        }
        if (has_bit(other->covered, (uint32_t)unit - other->base)) {
            good = sotto_coverage_add(coverage, (uint32_t)unit);
        }
    }
    return good;
}

/* Marks [from, to), as far as it lies between first and last. */
static void mark_near(sotto_coverage *coverage, int64_t from, int64_t to)
{
    from = from < coverage->first ? coverage->first : from;
    to = to > (int64_t)coverage->last + 1 ? (int64_t)coverage->last + 1 : to;
    for (; from < to; from++) {
        set_bit(coverage->near, (uint32_t)from - coverage->base);
    }
}

bool sotto_coverage_close(sotto_coverage *coverage, uint32_t visit_gap_s)
{
    free(coverage->near);
    coverage->near = NULL;
    if (!coverage->by_time || coverage->first > coverage->last) {
        return true;
    }
    coverage->near = calloc(coverage->room / 8, 1);
    if (coverage->near == NULL) {
        return false;
    }
    int64_t reach = (int64_t)(visit_gap_s / SOTTO_UNIT_S) + 2;
    int64_t least = 2 * reach > SOTTO_SILENCE_UNITS ? 2 * reach : SOTTO_SILENCE_UNITS;
    mark_near(coverage, coverage->first, coverage->first + reach);
    mark_near(coverage, coverage->last - reach + 1, (int64_t)coverage->last + 1);
    int64_t last_covered = coverage->first;
    for (int64_t unit = coverage->first; unit <= coverage->last; unit++) {
        if (!has_bit(coverage->covered, (uint32_t)unit - coverage->base)) {
            continue;
        }
        if (unit - last_covered - 1 >= least) {
            mark_near(coverage, last_covered - reach + 1, last_covered + 1);
            mark_near(coverage, unit, unit + reach);
        }
        last_covered = unit;
    }
    return true;
}

bool sotto_coverage_is_near(const sotto_coverage *coverage, uint32_t from_s, uint32_t to_s)
{
    return coverage->near != NULL
           && (has_bit(coverage->near, from_s / SOTTO_UNIT_S - coverage->base)
               || has_bit(coverage->near, to_s / SOTTO_UNIT_S - coverage->base));
}

void sotto_coverage_write(const sotto_coverage *coverage, sotto_block_writer *writer,
                          uint32_t column)
{
    bool is_empty = coverage->first > coverage->last;
    sotto_blocks_varint(writer, column, is_empty ? 0 : (uint64_t)coverage->first + 1);
    if (is_empty) {
        return;
    }
    sotto_blocks_varint(writer, column, coverage->last - coverage->first);
    bool covered = true;
    uint64_t length = 0;
    for (uint64_t unit = coverage->first; coverage->by_time && unit <= coverage->last; unit++) {
        if (has_bit(coverage->covered, (uint32_t)unit - coverage->base) != covered) {
            sotto_blocks_varint(writer, column, length);
            covered = !covered;
            length = 0;
        }
        length++;
    }
    if (coverage->by_time) {
        sotto_blocks_varint(writer, column, length);
    }
}

static bool read_stretches(sotto_coverage *coverage, uint64_t first, uint64_t span,
                           sotto_block_reader *reader, uint32_t column)
{
    bool covered = true;
    uint64_t length;
    for (uint64_t at = 0; at <= span; at += length, covered = !covered) {
        if (!sotto_blocks_take(reader, column, &length)) {
            return false;
        }
        if (length == 0 || length > span + 1 - at || (at + length == span + 1 && !covered)) {
            return sotto_blocks_bad(reader, "the times it covers do not fit together");
        }
        for (uint64_t i = 0; covered && i < length; i++) {
            if (!sotto_coverage_add(coverage, (uint32_t)(first + at + i))) {
                return sotto_blocks_bad(reader, "not enough memory");
            }
        }
    }
    return true;
}

bool sotto_coverage_read(sotto_coverage *coverage, bool by_time, sotto_block_reader *reader,
                         uint32_t column)
{
    uint64_t first, span;
    sotto_coverage_begin(coverage, by_time);
    if (!sotto_blocks_take(reader, column, &first)) {
        return false;
    }
    if (first-- == 0) {
        return true;
    }
    if (!sotto_blocks_take(reader, column, &span)) {
        return false;
    }
    uint64_t most = by_time ? LAST_UNIT : UINT32_MAX - 1;
    if (first > most || span > most - first) {
        return sotto_blocks_bad(reader, "covers times that are none");
    }
    if (by_time) {
        return read_stretches(coverage, first, span, reader, column);
    }
    return sotto_coverage_add(coverage, (uint32_t)first)
           && sotto_coverage_add(coverage, (uint32_t)(first + span));
}

sotto_slicing sotto_slices_of(const sotto_coverage *coverage)
{
    sotto_slicing slicing = {0, 0, 0};
    if (coverage->first > coverage->last) {
        return slicing;
    }
    while ((coverage->last >> slicing.shift) - (coverage->first >> slicing.shift) >= SLICES) {
        slicing.shift++;
    }
    slicing.first = coverage->first >> slicing.shift;
    slicing.count = (coverage->last >> slicing.shift) - slicing.first + 1;
    return slicing;
}

/*
 * Sixteen to a slice. They begin where the first slice does, so that a file of shorter slices,
 * whose cells begin elsewhere, still has its cells within these.
 */
sotto_slicing sotto_cells_of(const sotto_coverage *coverage)
{
    sotto_slicing slices = sotto_slices_of(coverage), cells = slices;
    if (coverage->first > coverage->last) {
        return cells;
    }
    unsigned finer = slices.shift < CELLS_A_SLICE_SHIFT ? slices.shift : CELLS_A_SLICE_SHIFT;
    cells.shift -= finer;
    cells.first <<= finer;
    cells.count <<= finer;
    return cells;
}
