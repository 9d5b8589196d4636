/*
 * decide.c - decisions per second of the native core
 *
 *     decide MODEL SESSIONS COUNT SECONDS
 *
 * SESSIONS is a file of u32: how many sessions, then for each its length and its item indexes, the
 * latest first. Each is ranked again and again until SECONDS have passed. Prints a JSON object: the
 * decisions per second of the best of some rounds, and a hash of all answers, which must be the one that
 * WebAssembly and plain JavaScript come to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sotto.h"

enum { ROUNDS = 5 };

static void *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    *size = (size_t)ftell(file);
    rewind(file);
    void *bytes = malloc(*size);
    if (!bytes || fread(bytes, 1, *size, file) != *size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return bytes;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct contest {
    sotto_bundle   *bundle;
    void           *scratch;
    size_t          scratch_size;
    const uint32_t *sessions;
    uint32_t        count;
};

/* Ranks every session once; FNV-1a over the items of all answers. */
static uint32_t rank_all(const struct contest *contest)
{
    const uint32_t *at = contest->sessions + 1;
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < contest->sessions[0]; i++) {
        uint32_t items[SOTTO_MAX_PICKS];
        uint32_t found = sotto_rank_next(contest->bundle, at + 1, at[0], contest->count, contest->scratch,
                                         contest->scratch_size, items);
        for (uint32_t k = 0; k < found; k++) {
            hash = (hash ^ items[k]) * 16777619u;
        }
        at += 1 + at[0];
    }
    return hash;
}

static double best_rate(const struct contest *contest, double seconds)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_s();
        double passed = 0;
        uint32_t turns = 0;
        while (passed < seconds / ROUNDS) {
            rank_all(contest);
            turns++;
            passed = now_s() - start;
        }
        double rate = (double)turns * contest->sessions[0] / passed;
        best = rate > best ? rate : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: decide MODEL SESSIONS COUNT SECONDS\n");
        return 2;
    }
    size_t model_size;
    size_t sessions_size;
    void *model = read_file(argv[1], &model_size);
    uint32_t *sessions = read_file(argv[2], &sessions_size);

    struct contest native = {.sessions = sessions, .count = (uint32_t)atoi(argv[3])};
    native.bundle = malloc(sotto_bundle_size());
    native.scratch_size = sotto_decision_scratch_size();
    native.scratch = malloc(native.scratch_size);
    sotto_bundle_init(native.bundle);
    sotto_status status = sotto_bundle_open(native.bundle, SOTTO_MODEL, model, model_size, NULL);
    if (status != SOTTO_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], sotto_status_text(status));
        return 1;
    }
    uint32_t hash = rank_all(&native);
    printf("{\"per_s\": %.0f, \"answers\": %u}\n", best_rate(&native, atof(argv[4])), hash);
    free(native.scratch);
    free(native.bundle);
    free(sessions);
    free(model);
    return 0;
}
