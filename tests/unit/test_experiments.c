/*
 * test_experiments.c - who is in which arm: shares, layers, coverage, forced arms, the holdout
 *
 * What single shoppers get is in tests/vectors/bucketing.json, in the shape of GrowthBook's cases; here
 * are these, and ten thousand at once.
 */
#include "test.h"

#include "decisions/experiments.h"
#include "planned.h"

#include <cjson/cJSON.h>

enum { SHOPPERS = 10000 };

static uint64_t shopper(uint32_t number)
{
    uint64_t state = number;
    return sotto_chance_next(&state);
}

static uint32_t arm_for(uint32_t number, uint32_t experiment)
{
    planned.profile.seed = shopper(number);
    planned.moment.plan = &planned.plan;
    planned.moment.profile = &planned.profile;
    planned.moment.ledger = &planned.ledger;
    planned.moment.scene = &planned.scene;
    return sotto_experiment_arm(&planned.moment, experiment);
}

/* A whole file as text; SKIP if it is not there. */
static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        SKIP("run from the project's folder");
    }
    char *text = calloc(1, 1 << 20);
    REQUIRE(text != NULL);
    CHECK(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* Every case [seed, value, version, share] of the published file. */
TEST(published_cases)
{
    char *text = read_text("tests/vectors/bucketing.json");
    cJSON *all = cJSON_Parse(text);
    REQUIRE(all != NULL);
    static const char *const groups[] = {"hash", "hashUtf8"};
    uint32_t count = 0;
    for (uint32_t i = 0; i < 2; i++) {
        const cJSON *one;
        cJSON_ArrayForEach(one, cJSON_GetObjectItem(all, groups[i])) {
            const char *seed = cJSON_GetArrayItem(one, 0)->valuestring;
            const char *value = cJSON_GetArrayItem(one, 1)->valuestring;
            uint32_t version = (uint32_t)cJSON_GetArrayItem(one, 2)->valueint;
            double share = cJSON_GetArrayItem(one, 3)->valuedouble;
            ROW("%s, %s, %u", seed, value, (unsigned)version);
            CHECK_EQ(sotto_bucket(seed, strlen(seed), value, strlen(value), version),
                     (int)(share * 10000 + 0.5));
            count++;
        }
    }
    CHECK(count >= 64);
    cJSON_Delete(all);
    free(text);
}

static double number_at(const cJSON *list, int index)
{
    return cJSON_GetArrayItem(list, index)->valuedouble;
}

/* A bucket or weight, of 10,000, from the share that the file has. */
static uint32_t whole(double share)
{
    return (uint32_t)(share * 10000 + 0.5);
}

/* The range [from, to) in which a bucket lies, as the file writes them; SOTTO_NO_ARM for none. */
static uint32_t range_of(const cJSON *ranges, uint32_t bucket)
{
    for (int i = 0; i < cJSON_GetArraySize(ranges); i++) {
        const cJSON *range = cJSON_GetArrayItem(ranges, i);
        if (bucket / 10000.0 >= number_at(range, 0) && bucket / 10000.0 < number_at(range, 1)) {
            return (uint32_t)i;
        }
    }
    return SOTTO_NO_ARM;
}

/* Every case [name, [arms, coverage, weights], ranges]: each shopper's arm is their bucket's range. */
TEST(published_ranges)
{
    char *text = read_text("tests/vectors/bucketing.json");
    cJSON *all = cJSON_Parse(text);
    REQUIRE(all != NULL);
    const cJSON *one;
    uint32_t count = 0;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(all, "getBucketRange")) {
        const cJSON *dealt = cJSON_GetArrayItem(one, 1);
        planned_enter();
        sotto_experiment_content *content =
            planned_experiment("dealt", (uint32_t)number_at(dealt, 0));
        content->coverage = whole(number_at(dealt, 1));
        for (uint32_t i = 0; i < content->arm_count; i++) {
            content->arms[i].weight = whole(number_at(cJSON_GetArrayItem(dealt, 2), (int)i));
        }
        planned_publish();
        for (uint32_t i = 0; i < SHOPPERS; i++) {
            sotto_shopper digits = sotto_shopper_of(shopper(i));
            uint32_t bucket = sotto_bucket("dealt", 5, digits.digits, SOTTO_SHOPPER_SIZE, 2);
            ROW("%s, bucket %u", cJSON_GetArrayItem(one, 0)->valuestring, (unsigned)bucket);
            CHECK_EQ(arm_for(i, 0), range_of(cJSON_GetArrayItem(one, 2), bucket));
        }
        planned_leave();
        count++;
    }
    CHECK(count >= 8);
    cJSON_Delete(all);
    free(text);
}

/* The shopper, of a million, whose bucket of the experiment "dealt" is this one. */
static uint32_t shopper_in(uint32_t bucket)
{
    for (uint32_t i = 0; i < 1000000; i++) {
        sotto_shopper digits = sotto_shopper_of(shopper(i));
        if (sotto_bucket("dealt", 5, digits.digits, SOTTO_SHOPPER_SIZE, 2) == bucket) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* Every case [name, share, ranges, arm or -1], for somebody whose share that is. */
TEST(published_choices)
{
    char *text = read_text("tests/vectors/bucketing.json");
    cJSON *all = cJSON_Parse(text);
    REQUIRE(all != NULL);
    const cJSON *one;
    uint32_t count = 0;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(all, "chooseVariation")) {
        const cJSON *ranges = cJSON_GetArrayItem(one, 2);
        uint32_t arms = (uint32_t)cJSON_GetArraySize(ranges);
        uint32_t who = shopper_in(whole(number_at(one, 1)));
        int wanted = cJSON_GetArrayItem(one, 3)->valueint;
        REQUIRE(who != UINT32_MAX);
        planned_enter();
        sotto_experiment_content *content = planned_experiment("dealt", arms);
        for (uint32_t i = 0; i < arms; i++) {
            const cJSON *range = cJSON_GetArrayItem(ranges, (int)i);
            double next = i + 1 < arms ? number_at(cJSON_GetArrayItem(ranges, (int)i + 1), 0) : 1;
            content->arms[i].weight = whole(next - number_at(range, 0));
            content->coverage = whole((number_at(range, 1) - number_at(range, 0))
                                      / (next - number_at(range, 0)));
        }
        planned_publish();
        ROW("%s", cJSON_GetArrayItem(one, 0)->valuestring);
        CHECK_EQ(arm_for(who, 0), wanted < 0 ? SOTTO_NO_ARM : (uint32_t)wanted);
        planned_leave();
        count++;
    }
    CHECK(count >= 27);
    cJSON_Delete(all);
    free(text);
}

/* Cases [name, value, [namespace, from, to], in], of values that a seed can be, in spaces with a name. */
TEST(published_namespaces)
{
    char *text = read_text("tests/vectors/bucketing.json");
    cJSON *all = cJSON_Parse(text);
    REQUIRE(all != NULL);
    const cJSON *one;
    uint32_t count = 0;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(all, "inNamespace")) {
        const char *value = cJSON_GetArrayItem(one, 1)->valuestring;
        const cJSON *space = cJSON_GetArrayItem(one, 2);
        if (strlen(value) != SOTTO_SHOPPER_SIZE
            || cJSON_GetArrayItem(space, 0)->valuestring[0] == '\0') {
            continue;
        }
        planned_enter();
        sotto_experiment_content *content = planned_experiment("spaced", 2);
        content->has_space = true;
        content->space = planned_text(cJSON_GetArrayItem(space, 0)->valuestring);
        content->space_from = whole(number_at(space, 1));
        content->space_to = whole(number_at(space, 2));
        planned_publish();
        ROW("%s", cJSON_GetArrayItem(one, 0)->valuestring);
        arm_for(0, 0);
        planned.profile.seed = strtoull(value, NULL, 16);
        CHECK_EQ(sotto_experiment_arm(&planned.moment, 0) != SOTTO_NO_ARM,
                 cJSON_IsTrue(cJSON_GetArrayItem(one, 3)));
        planned_leave();
        count++;
    }
    CHECK_EQ(count, 8);
    cJSON_Delete(all);
    free(text);
}

/* Five standard deviations of a share of so many shoppers. */
static bool is_near(uint32_t count, double share)
{
    double mean = share * SHOPPERS;
    double off = count > mean ? count - mean : mean - count;
    return off * off <= 25 * SHOPPERS * share * (1 - share) + 1;
}

TEST(the_hash_is_the_published_one)
{
    /* What GrowthBook's own cases say of these, in ten-thousandths. */
    CHECK_EQ(sotto_bucket("", 0, "b", 1, 1), 770);
    CHECK_EQ(sotto_bucket("b", 1, "a", 1, 1), 9460);
    CHECK_EQ(sotto_bucket("ef", 2, "d", 1, 1), 6520);
    CHECK_EQ(sotto_bucket("seed", 4, "a", 1, 2), 505);
    CHECK_EQ(sotto_bucket("seed", 4, "b", 1, 2), 2696);
    CHECK_EQ(sotto_bucket("foo", 3, "ab", 2, 2), 2575);
    CHECK_EQ(sotto_bucket("foo", 3, "def", 3, 2), 2019);
    CHECK_EQ(sotto_bucket("", 0, "a", 1, 2), 216);
    CHECK_EQ(sotto_bucket("", 0, "a", 1, 1), 2200);
    CHECK_EQ(sotto_bucket("", 0, "", 0, 1), 10 * (0x811C9DC5u % 1000));
    CHECK_EQ(sotto_bucket("seed", 4, "0000000000000001", 16, 2), 8241);
    sotto_shopper digits = sotto_shopper_of(0x0123456789abcdefu);
    CHECK_MEM(digits.digits, "0123456789abcdef", 16);
}

TEST(shares_are_near_the_weights)
{
    for (uint32_t version = 1; version <= 2; version++) {
        for (uint32_t arms = 2; arms <= SOTTO_MAX_ARMS; arms++) {
            uint32_t counts[SOTTO_MAX_ARMS] = {0};
            planned_enter();
            sotto_experiment_content *content = planned_experiment("share", arms);
            content->hash_version = version;
            content->arms[0].weight += 500;
            content->arms[1].weight -= 500;
            planned_publish();
            for (uint32_t i = 0; i < SHOPPERS; i++) {
                uint32_t arm = arm_for(i, 0);
                REQUIRE(arm < arms);
                counts[arm]++;
            }
            for (uint32_t i = 0; i < arms; i++) {
                ROW("version %u, arm %u of %u", (unsigned)version, (unsigned)i, (unsigned)arms);
                CHECK(is_near(counts[i], content->arms[i].weight / 10000.0));
            }
            planned_leave();
        }
    }
}

/* More coverage takes in more, and moves nobody. */
TEST(coverage)
{
    static uint8_t before[SHOPPERS];
    memset(before, 0xFF, sizeof before);
    for (uint32_t coverage = 0; coverage <= 10000; coverage += 2500) {
        uint32_t in = 0;
        planned_enter();
        planned_experiment("cover", 3)->coverage = coverage;
        planned_publish();
        for (uint32_t i = 0; i < SHOPPERS; i++) {
            uint32_t arm = arm_for(i, 0);
            in += arm != SOTTO_NO_ARM;
            CHECK(before[i] == 0xFF || before[i] == arm);
            before[i] = (uint8_t)arm;
        }
        CHECK(is_near(in, coverage / 10000.0));
        planned_leave();
    }
}

TEST(layers_share_no_shopper)
{
    uint32_t in[4] = {0};
    planned_enter();
    for (uint32_t i = 0; i < 4; i++) {
        char name[16];
        snprintf(name, sizeof name, "layer %u", (unsigned)i);
        sotto_experiment_content *content = planned_experiment(name, 2);
        content->has_space = true;
        content->space = planned_text("checkout");
        content->space_from = 2500 * i;
        content->space_to = 2500 * (i + 1);
    }
    planned_publish();
    for (uint32_t i = 0; i < SHOPPERS; i++) {
        uint32_t count = 0;
        for (uint32_t k = 0; k < 4; k++) {
            bool takes_part = arm_for(i, k) != SOTTO_NO_ARM;
            in[k] += takes_part;
            count += takes_part;
        }
        CHECK_EQ(count, 1);
    }
    for (uint32_t k = 0; k < 4; k++) {
        CHECK(is_near(in[k], 0.25));
    }
    planned_leave();
}

/* Two experiments that know nothing of each other: arms meet as often as chance would have it. */
TEST(experiments_are_independent)
{
    uint32_t both = 0;
    planned_enter();
    planned_experiment("first", 2);
    planned_experiment("second", 2);
    planned_publish();
    for (uint32_t i = 0; i < SHOPPERS; i++) {
        both += arm_for(i, 0) == 0 && arm_for(i, 1) == 0;
    }
    CHECK(is_near(both, 0.25));
    planned_leave();
}

TEST(the_holdout)
{
    uint32_t held = 0;
    uint32_t in_first_arm = 0;
    planned_enter();
    planned.content.holdout = 500;
    planned_experiment("x", 2);
    planned_publish();
    for (uint32_t i = 0; i < SHOPPERS; i++) {
        uint32_t arm = arm_for(i, 0);
        if (sotto_holdout_has(&planned.moment)) {
            held++;
            in_first_arm += arm == 0;
        }
    }
    CHECK(is_near(held, 0.05));
    CHECK(in_first_arm > held / 3 && in_first_arm < held * 2 / 3);
    planned_leave();
}

TEST(forced_arms)
{
    planned_enter();
    sotto_experiment_content *content = planned_experiment("x", 2);
    content->coverage = 0;
    planned_experiment("y", 2);
    planned_publish();
    const sotto_forced forced[] = {{sample_key("z"), 0}, {sample_key("x"), 1},
                                   {sample_key("y"), 2}};
    planned.scene.forced = forced;
    planned.scene.forced_count = 3;
    CHECK_EQ(arm_for(1, 0), 1);
    CHECK_EQ(arm_for(1, 1), SOTTO_NO_ARM);
    planned.moment.profile = NULL;
    CHECK_EQ(sotto_experiment_arm(&planned.moment, 0), 1);
    planned.scene.forced_count = 0;
    CHECK_EQ(sotto_experiment_arm(&planned.moment, 0), SOTTO_NO_ARM);
    CHECK_EQ(sotto_experiment_arm(&planned.moment, 2), SOTTO_NO_ARM);
    planned_leave();
}
