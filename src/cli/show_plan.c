/*
 * show_plan.c - who is shown what, for people
 *
 *     segments: 2
 *       boots-fan      count(view, category: "Shoes > Boots", within: 7d) >= 3
 *     campaigns: 1
 *       boots-popup    popup; priority 50; dwell 20; 1 a session; 3 ever; when segment("boots-fan")
 *
 * Programs are shown as the expressions that they were compiled from (expression_text.c).
 */
#include "cli/show.h"

#include "cli/expression_text.h"
#include "cli/number.h"
#include "cli/shown.h"
#include "cli/utf8.h"
#include "format/layout_plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INDENT     24
#define LINE_WIDTH 100

/* ---- Words ----------------------------------------------------------------------------------- */

/* The plan, and the bundle that it was opened in. */
typedef struct shown_plan {
    const sotto_plan   *plan;
    const sotto_bundle *bundle;
} shown_plan;

/* Words that wrap, indented. */
typedef struct wrapping {
    int column;
} wrapping;

/* The blank before so many bytes, or a new line. */
static void make_room(wrapping *line, int size)
{
    if (line->column + 1 + size > LINE_WIDTH) {
        printf("\n%*s", INDENT, "");
        line->column = INDENT;
    }
    putchar(' ');
    line->column += 1 + size;
}

static void put(wrapping *line, const char *format, ...) SOTTO_PRINTF(2, 3);

static void put(wrapping *line, const char *format, ...)
{
    char words[256];
    va_list values;
    va_start(values, format);
    int size = vsnprintf(words, sizeof words, format, values);
    va_end(values);
    make_room(line, size);
    cli_utf8_print(stdout, words, strlen(words));
}

/* Its words; a blank within quotes ends none. */
static void put_expression(wrapping *line, const char *text)
{
    while (*text) {
        size_t size = 0;
        bool quoted = false;
        for (; text[size] && (quoted || text[size] != ' '); size++) {
            if (text[size] == '\\' && text[size + 1]) {
                size++;
            } else if (text[size] == '"') {
                quoted = !quoted;
            }
        }
        make_room(line, (int)size);
        cli_utf8_print(stdout, text, size);
        text += size + (text[size] == ' ');
    }
}

static void put_program(wrapping *line, const shown_plan *shown, sotto_program program)
{
    cli_pool pool = {0};
    const char *text = cli_expression_text(&pool, shown->plan, shown->bundle, program);
    put_expression(line, text ? text : "a program that no expression compiles to: --json --all shows "
                                       "its instructions");
    cli_pool_free(&pool);
}

static wrapping begin(sotto_text name)
{
    printf("    ");
    cli_show_text(name);
    int column = 4 + (int)name.size;
    if (column > INDENT) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", INDENT - column, "");
    return (wrapping){INDENT};
}

/* ---- Things ---------------------------------------------------------------------------------- */

static void show_segments(const shown_plan *shown)
{
    const sotto_plan *plan = shown->plan;
    uint32_t count = sotto_segment_count(plan);
    if (count) {
        printf("  segments: %u\n", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        wrapping line = begin(sotto_segment_name(plan, i));
        put_program(&line, shown, sotto_segment_program(plan, i));
        putchar('\n');
    }
}

static void put_dates(wrapping *line, uint32_t starts_s, uint32_t ends_s)
{
    char time[CLI_NUMBER_SIZE];
    if (starts_s) {
        put(line, "from %s;", cli_number_time(time, starts_s));
    }
    if (ends_s) {
        put(line, "until %s;", cli_number_time(time, ends_s));
    }
}

static void put_caps(wrapping *line, const sotto_campaign *campaign)
{
    if (campaign->cap_session) {
        put(line, "%u a session;", campaign->cap_session);
    }
    if (campaign->cap_day) {
        put(line, "%u a day;", campaign->cap_day);
    }
    if (campaign->cap_ever) {
        put(line, "%u ever;", campaign->cap_ever);
    }
}

static void put_test(wrapping *line, const sotto_plan *plan, const sotto_campaign *campaign)
{
    if (campaign->experiment == SOTTO_NONE) {
        return;
    }
    sotto_experiment experiment = sotto_experiment_get(plan, campaign->experiment);
    put(line, "experiment %.*s:", (int)experiment.name.size, experiment.name.bytes);
    for (uint32_t i = 0; i < experiment.arm_count; i++) {
        if (campaign->arms >> i & 1) {
            put(line, "%.*s;", (int)experiment.arms[i].name.size, experiment.arms[i].name.bytes);
        }
    }
}

static void show_campaign(const shown_plan *shown, const sotto_campaign *campaign)
{
    const sotto_plan *plan = shown->plan;
    wrapping line = begin(campaign->name);
    const char *block = sotto_block_name((uint32_t)campaign->block);
    if (campaign->place.size) {
        put(&line, "%s in %.*s;", block ? block : "?", (int)campaign->place.size,
            campaign->place.bytes);
    } else {
        put(&line, "%s;", block ? block : "?");
    }
    put(&line, "priority %u;", campaign->priority);
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        const char *trigger = sotto_trigger_name(campaign->triggers[i].kind);
        if (campaign->triggers[i].a) {
            put(&line, "%s %u;", trigger ? trigger : "?", campaign->triggers[i].a);
        } else {
            put(&line, "%s;", trigger ? trigger : "?");
        }
    }
    put_dates(&line, campaign->starts_s, campaign->ends_s);
    put_caps(&line, campaign);
    put_test(&line, plan, campaign);
    if (campaign->offer != SOTTO_NONE) {
        sotto_text name = sotto_offer_get(plan, campaign->offer).name;
        put(&line, "offer %.*s;", (int)name.size, name.bytes);
    }
    if (campaign->when.bytes) {
        put(&line, "when");
        put_program(&line, shown, campaign->when);
    }
    putchar('\n');
}

static void show_experiments(const sotto_plan *plan)
{
    uint32_t count = sotto_experiment_count(plan);
    if (count) {
        printf("  experiments: %u\n", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        static const char *const allocations[] = {"fixed", "epsilon-greedy", "thompson"};
        sotto_experiment experiment = sotto_experiment_get(plan, i);
        wrapping line = begin(experiment.name);
        put(&line, "%s, %g %% take part;", allocations[(uint32_t)experiment.allocation % 3],
            experiment.coverage / 100.0);
        for (uint32_t j = 0; j < experiment.arm_count; j++) {
            const sotto_arm *arm = &experiment.arms[j];
            put(&line, "%.*s %g %%;", (int)arm->name.size, arm->name.bytes, arm->weight / 100.0);
        }
        putchar('\n');
    }
}

static void show_offers(const sotto_plan *plan)
{
    static const char *const kinds[] = {"?", "code", "vouchers", "free-shipping", "bundle",
                                        "early-access"};
    uint32_t count = sotto_offer_count(plan);
    if (count) {
        printf("  offers: %u\n", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_offer offer = sotto_offer_get(plan, i);
        wrapping line = begin(offer.name);
        put(&line, "%s;", kinds[(uint32_t)offer.kind < SOTTO_ARRAY_COUNT(kinds)
                                    ? (uint32_t)offer.kind : 0]);
        put_dates(&line, 0, offer.ends_s);
        if (offer.threshold) {
            put(&line, "from a cart of %u;", offer.threshold);
        }
        put(&line, "codes: %u", offer.code_count);
        putchar('\n');
    }
}

void cli_show_plan(const sotto_plan *plan, const sotto_bundle *bundle)
{
    const shown_plan shown = {plan, bundle};
    if (!plan) {
        return;
    }
    show_segments(&shown);
    if (sotto_campaign_count(plan)) {
        printf("  campaigns: %u\n", sotto_campaign_count(plan));
    }
    for (uint32_t i = 0; i < sotto_campaign_count(plan); i++) {
        sotto_campaign campaign = sotto_campaign_get(plan, i);
        show_campaign(&shown, &campaign);
    }
    show_experiments(plan);
    show_offers(plan);
}
