/*
 * shelve.c - how long the native core ranks for one shopper, with everything a ranker has
 *
 *     shelve ITEMS FOLDER SECONDS
 *
 * Makes up a shop of ITEMS items: 20 links and a vector of 64 coordinates each, of 4 bits for a third of
 * them, 3 for a quarter and 2 for the rest, which is what a usual budget leaves; an encoder, a re-ranker
 * with all features, and above 65,536 items blocks of 256, of which 128 are visited. Nothing in it means
 * anything, but it costs what a real one does. Leaves model
 * and ranker in FOLDER, for the modules that a page loads. Prints a JSON object: microseconds for a
 * shelf after 20 looks, for ranking those alone, for opening the ranker, its bytes, and a hash of the
 * shelves, which must be the one that WebAssembly comes to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "unit/sample_ranker.h"

#include "profile/shelf.h"
#include "train/near.h"

enum { SHOPPERS = 20, LOOKS = 20, ROUNDS = 5, NOW_S = 1800000000 };

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void write_file(const char *folder, const char *name, sotto_bytes bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.bytes, 1, bytes.size, file) != bytes.size || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

/* Looks at the items that tests/bench/shelve.mjs has its shoppers look at. */
static void look(sotto_profile *profile, const sotto_bundle *bundle, uint32_t shopper)
{
    sotto_profile_init(profile, shopper, NOW_S);
    for (uint32_t i = 0; i < LOOKS; i++) {
        uint32_t item = (shopper * 7919u + i * 104729u) % bundle->item_count;
        sotto_event event = {sotto_item_hash(bundle, item), NOW_S + i, SOTTO_VIEW, 1};
        sotto_profile_fold(profile, bundle, &event);
    }
}

static uint32_t hash_of(uint32_t hash, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 16777619u;
    }
    return hash;
}

/* Ranks the items alone, for the same sessions: no reasons, nothing written down. */
static void rank(const sotto_bundle *bundle, uint32_t shopper, void *scratch)
{
    uint32_t session[LOOKS];
    uint32_t ranked[20];
    for (uint32_t i = 0; i < LOOKS; i++) {
        session[LOOKS - 1 - i] = (shopper * 7919u + i * 104729u) % bundle->item_count;
    }
    sotto_rank_next(bundle, session, LOOKS, 20, scratch, sotto_rank_scratch_size(), ranked);
}

/* Of each shopper the best of many runs, which nothing else on the machine disturbed. */
static double best_us(const sotto_bundle *bundle, sotto_profile *profiles, void *scratch,
                      sotto_shelf *shelf, double seconds)
{
    double sum = 0;
    for (uint32_t i = 0; i < SHOPPERS; i++) {
        double best = 1e12;
        for (double end = now_us() + seconds * 1e6 / SHOPPERS; now_us() < end;) {
            double start = now_us();
            if (shelf) {
                sotto_shelve(bundle, &profiles[i], NOW_S + 60, 1, scratch, sotto_rank_scratch_size(),
                             shelf);
            } else {
                rank(bundle, i, scratch);
            }
            double passed = now_us() - start;
            best = passed < best ? passed : best;
        }
        sum += best;
    }
    return sum / SHOPPERS;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: shelve ITEMS FOLDER SECONDS\n");
        return 2;
    }
    static sample_ranking shop;
    static sotto_profile profiles[SHOPPERS];
    static sotto_shelf shelf;
    sample_ranking_open(&shop, &(sample_ranking_wish){
        .items = (uint32_t)atoi(argv[1]), .links = 20, .dimensions = 64, .class_count = 3,
        .classes = {{134, 4, 22000}, {80, 3, 46000}, {0, 2, 95000}},
        .block_bits = atoi(argv[1]) > (int)SOTTO_NEAR_LEAST_ITEMS ? 8 : 0, .visit_count = 128,
        .encoder_hidden = 64, .recency = true, .hidden = 64, .vector_count = 90, .table_count = 60, .session_count = 12, .seed = 5});
    write_file(argv[2], "ranked-model.sotto", shop.model);
    write_file(argv[2], "ranker.sotto", shop.part);

    double opening = 1e12;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_us();
        sotto_ranker_open(&shop.ranker, &shop.bundle, shop.part.bytes, shop.part.size, NULL);
        opening = now_us() - start < opening ? now_us() - start : opening;
    }
    void *scratch = malloc(sotto_rank_scratch_size());
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < SHOPPERS; i++) {
        look(&profiles[i], &shop.bundle, i);
        sotto_shelve(&shop.bundle, &profiles[i], NOW_S + 60, 1, scratch, sotto_rank_scratch_size(),
                     &shelf);
        hash = hash_of(hash, (const uint8_t *)&shelf, sizeof shelf);
    }
    double seconds = atof(argv[3]) / 2;
    uint32_t for_you = shelf.for_you_count;
    printf("{\"us\": %.2f, \"rank_us\": %.2f, \"open_us\": %.0f, \"bytes\": %zu, \"for_you\": %u, "
           "\"answers\": %u}\n",
           best_us(&shop.bundle, profiles, scratch, &shelf, seconds),
           best_us(&shop.bundle, profiles, scratch, NULL, seconds), opening, shop.part.size, for_you,
           hash);
    free(scratch);
    sample_ranking_close(&shop);
    return 0;
}
