/*
 * show_pairs.c - what is bought together, with the figures behind it
 *
 * From the statistics file, which has the exact counts; a model has only what came of them. Shown
 * is what may be published: pairs that rest on enough shoppers, are met more often than chance
 * would have it, and that with an error of less than one in a thousand.
 */
#include "cli/show.h"

#include "cli/number.h"
#include "cli/report.h"
#include "cli/utf8.h"
#include "train/association.h"
#include "train/material.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct shown_pair {
    uint32_t          first, second;
    double            first_count, second_count, both;
    sotto_association figures;
} shown_pair;

typedef struct pair_list {
    shown_pair *list;
    size_t      count, room;
    double      baskets;
} pair_list;

static int compare_pairs(const void *left, const void *right)
{
    const shown_pair *a = left;
    const shown_pair *b = right;
    if (a->figures.log_likelihood != b->figures.log_likelihood) {
        return a->figures.log_likelihood > b->figures.log_likelihood ? -1 : 1;
    }
    return a->first != b->first ? (a->first < b->first ? -1 : 1)
         : a->second < b->second ? -1 : a->second > b->second;
}

static double count_of(const sotto_pairs *pairs, uint32_t item)
{
    double count = 0;
    for (uint32_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
        count += pairs->counts[(size_t)item * SOTTO_PAIR_SLICES + slice];
    }
    return count;
}

/* Each pair once, from its lower item. */
static void collect(const sotto_pairs *pairs, pair_list *found)
{
    found->baskets = pairs->sequence_count;
    for (uint32_t first = 0; first < pairs->item_count; first++) {
        const sotto_pair *at = pairs->pairs + pairs->starts[first];
        const sotto_pair *end = pairs->pairs + pairs->starts[first + 1];
        while (at < end) {
            shown_pair pair = {.first = first, .second = at->key >> 8};
            for (; at < end && at->key >> 8 == pair.second; at++) {
                pair.both += at->count;
            }
            if (pair.second <= first) {
                continue;
            }
            pair.first_count = count_of(pairs, first);
            pair.second_count = count_of(pairs, pair.second);
            pair.figures = sotto_associate(found->baskets, pair.first_count, pair.second_count,
                                           pair.both);
            if (pair.figures.lift > 1 && pair.figures.log_likelihood >= SOTTO_LEAST_G2) {
                found->list = cli_array_grow(found->list, found->count, &found->room,
                                             sizeof *found->list);
                found->list[found->count++] = pair;
            }
        }
    }
    if (found->count) {
        qsort(found->list, found->count, sizeof *found->list, compare_pairs);
    }
}

static void print_item(const sotto_book *book, uint32_t item)
{
    sotto_text id = sotto_intern_get(&book->ids, item);
    sotto_text title = sotto_book_title_of(book, item);
    cli_utf8_print(stdout, id.bytes, id.size);
    if (title.size) {
        printf(" ");
        cli_utf8_print(stdout, title.bytes, title.size);
    }
}

static void print_table(const sotto_book *book, const pair_list *found, size_t most)
{
    char count[CLI_NUMBER_SIZE], baskets[CLI_NUMBER_SIZE];
    printf("bought together: %s pairs in %s baskets\n", cli_number_group(count, found->count),
           cli_number_group(baskets, (uint64_t)found->baskets));
    printf("   together  support   a to b   b to a     lift         G2        p  a + b\n");
    for (size_t i = 0; i < found->count && i < most; i++) {
        const shown_pair *pair = &found->list[i];
        printf("%11.0f %7.3f %% %6.2f %% %6.2f %% %8.2f %10.1f %8.1e  ", pair->both,
               100 * pair->figures.support, 100 * pair->figures.confidence,
               100 * pair->figures.confidence_back, pair->figures.lift,
               pair->figures.log_likelihood, pair->figures.p);
        print_item(book, pair->first);
        printf(" + ");
        print_item(book, pair->second);
        printf("\n");
    }
}

static void json_pair(cli_json *json, const sotto_book *book, const shown_pair *pair)
{
    cli_json_object(json, NULL);
    cli_json_bytes(json, "a", sotto_intern_get(&book->ids, pair->first));
    cli_json_bytes(json, "b", sotto_intern_get(&book->ids, pair->second));
    cli_json_real(json, "baskets_a", pair->first_count, 0);
    cli_json_real(json, "baskets_b", pair->second_count, 0);
    cli_json_real(json, "baskets_both", pair->both, 0);
    cli_json_real(json, "support", pair->figures.support, 8);
    cli_json_real(json, "confidence", pair->figures.confidence, 6);
    cli_json_real(json, "confidence_back", pair->figures.confidence_back, 6);
    cli_json_real(json, "lift", pair->figures.lift, 4);
    cli_json_real(json, "log_likelihood", pair->figures.log_likelihood, 3);
    cli_json_real(json, "p", pair->figures.p, 6);
    cli_json_end(json);
}

static void print_json(const sotto_book *book, const pair_list *found, size_t most)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_real(&json, "baskets", found->baskets, 0);
    cli_json_number(&json, "pair_count", found->count);
    cli_json_array(&json, "pairs");
    for (size_t i = 0; i < found->count && i < most; i++) {
        json_pair(&json, book, &found->list[i]);
    }
    cli_json_end(&json);
    cli_json_end(&json);
    cli_json_finish(&json);
}

bool cli_show_pairs(const char *path, uint32_t min_shoppers, size_t most, bool as_json)
{
    sotto_train_fault fault = {{0}, {0}};
    sotto_statistics statistics;
    sotto_pairs pairs = {0};
    pair_list found = {0};
    bool good = sotto_statistics_open(&statistics, path, &fault);
    if (good) {
        sotto_material material = {.items = &statistics.book.ids, .statistics = &statistics};
        good = sotto_material_pairs(&material, SOTTO_PAIRS_TOGETHER, SOTTO_SPAN_ALL, min_shoppers,
                                    &pairs, &fault);
    }
    if (!good) {
        cli_error_fault(&fault);
    } else {
        collect(&pairs, &found);
        if (as_json) {
            print_json(&statistics.book, &found, most);
        } else {
            print_table(&statistics.book, &found, most);
        }
        if (statistics.open.count > 0) {
            char number[CLI_NUMBER_SIZE];
            cli_note("%s: %s visits at its ends are not counted yet", path,
                     cli_number_group(number, statistics.open.count));
        }
    }
    free(found.list);
    sotto_pairs_free(&pairs);
    sotto_statistics_close(&statistics);
    return good;
}
