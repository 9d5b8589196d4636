#include "test.h"

#include "train/basket_metrics.h"

#include <math.h>

/* The cases that tests/reference/basket_metrics.test.mjs computes from the definitions as well. */
#define CASES "tests/reference/basket_metrics.txt"

typedef struct metrics_case {
    char     name[64];
    bool     whole;
    uint32_t picks[32], basket[64];
    uint32_t pick_count, basket_size;
    double   expected[6]; /* recall, NDCG, PHR at 10, and at 20 */
} metrics_case;

static uint32_t read_numbers(const char *text, uint32_t *numbers, uint32_t room)
{
    uint32_t count = 0;
    char *end;
    for (unsigned long number; count < room; text = end) {
        number = strtoul(text, &end, 10);
        if (end == text) {
            break;
        }
        numbers[count++] = (uint32_t)number;
    }
    return count;
}

/* A line: name | whole or cut | picks | basket | six numbers. */
static bool parse(char *line, metrics_case *one)
{
    char *fields[5];
    uint32_t count = 0;
    for (char *at = strtok(line, "|"); at != NULL && count < 5; at = strtok(NULL, "|")) {
        fields[count++] = at;
    }
    if (count < 5) {
        return false;
    }
    snprintf(one->name, sizeof one->name, "%s", fields[0]);
    one->whole = strstr(fields[1], "whole") != NULL;
    one->pick_count = read_numbers(fields[2], one->picks, 32);
    one->basket_size = read_numbers(fields[3], one->basket, 64);
    double *e = one->expected;
    return sscanf(fields[4], "%lf %lf %lf %lf %lf %lf", &e[0], &e[1], &e[2], &e[3], &e[4], &e[5])
           == 6;
}

static void check(const metrics_case *one)
{
    sotto_basket_metrics metrics = {0};
    bool right[32] = {false};
    for (uint32_t i = 0; i < one->pick_count; i++) {
        for (uint32_t k = 0; k < one->basket_size; k++) {
            right[i] = right[i] || one->picks[i] == one->basket[k];
        }
    }
    sotto_basket_metrics_add(&metrics, right, one->pick_count, one->basket_size, one->whole);
    for (uint32_t cut = 0; cut < SOTTO_BASKET_CUTS; cut++) {
        CHECK(fabs(metrics.recall[cut] - one->expected[3 * cut]) < 1e-6);
        CHECK(fabs(metrics.ndcg[cut] - one->expected[3 * cut + 1]) < 1e-6);
        CHECK(fabs(metrics.phr[cut] - one->expected[3 * cut + 2]) < 1e-6);
    }
}

TEST(the_cases_of_the_file)
{
    FILE *file = fopen(CASES, "r");
    REQUIRE(file != NULL);
    char line[1024];
    uint32_t cases = 0;
    while (fgets(line, sizeof line, file)) {
        metrics_case one = {0};
        if (line[0] != '#' && parse(line, &one)) {
            ROW("%s", one.name);
            check(&one);
            cases++;
        }
    }
    fclose(file);
    CHECK_EQ(cases, 7);
}

TEST(means_are_over_baskets)
{
    sotto_basket_metrics metrics = {0};
    bool right[2] = {true, false};
    CHECK_EQ((int)sotto_basket_mean(&metrics, 1), 0);
    sotto_basket_metrics_add(&metrics, right, 2, 1, false);
    sotto_basket_metrics_add(&metrics, right + 1, 1, 1, false);
    CHECK_EQ(metrics.baskets, 2);
    CHECK(fabs(sotto_basket_mean(&metrics, metrics.recall[0]) - 0.5) < 1e-9);
    CHECK(fabs(sotto_basket_mean(&metrics, metrics.ndcg[1]) - 0.5) < 1e-9);
}
