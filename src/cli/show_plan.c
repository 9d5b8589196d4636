/*
 * show_plan.c - who is shown what, for people
 *
 *     segments: 2
 *       boots-fan      count(view, category 0f2a..., within 7d) 3 at-least
 *     campaigns: 1
 *       boots-popup    popup over the page, priority 50; dwell; 1 a session, 3 ever
 *
 * Programs are shown as they are run: values first, then what is done with them. What several of
 * them ask and the plan keeps once is shown with the segments, as shared, by its number.
 */
#include "cli/show.h"

#include "cli/expression_names.h"
#include "cli/expression.h"
#include "cli/number.h"
#include "cli/shown.h"
#include "cli/utf8.h"
#include "format/layout_plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INDENT     24
#define LINE_WIDTH 100

/* ---- Programs -------------------------------------------------------------------------------- */

/* Words that wrap, indented. */
typedef struct wrapping {
    int column;
} wrapping;

static void put(wrapping *line, const char *format, ...) SOTTO_PRINTF(2, 3);

static void put(wrapping *line, const char *format, ...)
{
    char words[256];
    va_list values;
    va_start(values, format);
    int size = vsnprintf(words, sizeof words, format, values);
    va_end(values);
    if (line->column + 1 + size > LINE_WIDTH) {
        printf("\n%*s", INDENT, "");
        line->column = INDENT;
    }
    putchar(' ');
    cli_utf8_print(stdout, words, strlen(words));
    line->column += 1 + size;
}

static const char *fact_name(cli_type type, int64_t number)
{
    for (uint32_t i = 0; i < cli_fact_count; i++) {
        if (cli_facts[i].type == type && cli_facts[i].number == number) {
            return cli_facts[i].name;
        }
    }
    return "?";
}

static const char *event_name(int64_t kinds)
{
    for (uint32_t i = 0; i < cli_event_name_count; i++) {
        if (cli_event_names[i].kinds == kinds) {
            return cli_event_names[i].name;
        }
    }
    return "events";
}

/* "category 0123456789abcdef" */
static void print_key(char *text, size_t size, const sotto_plan *plan, int64_t key)
{
    static const char *const kinds[] = {"?", "item", "category", "brand"};
    uint32_t index = (uint32_t)key < plan->key_count ? (uint32_t)key : 0;
    uint32_t kind = plan->key_count ? plan->key_kinds[index] & 3u : 0;
    snprintf(text, size, "%s %016llx", kinds[kind],
             plan->key_count ? (unsigned long long)sotto_plan_key_hash(plan, index) : 0);
}

/* Of the operands behind the bits, the next one. */
static int64_t next(const cli_instruction *instruction, uint32_t *at)
{
    return *at < instruction->operand_count ? instruction->operands[(*at)++] : 0;
}

static void put_filter(wrapping *line, const sotto_plan *plan, const cli_instruction *instruction)
{
    char words[256];
    char key[64];
    uint32_t at = 2;
    uint32_t bits = (uint32_t)instruction->operands[1];
    size_t used = (size_t)snprintf(words, sizeof words, "%s(%s", instruction->name,
                                   event_name(instruction->operands[0]));
    if (bits & SOTTO_FILTER_KEY) {
        print_key(key, sizeof key, plan, next(instruction, &at));
        used += (size_t)snprintf(words + used, sizeof words - used, ", %s", key);
    }
    used += (size_t)snprintf(words + used, sizeof words - used, "%s%s",
                             bits & SOTTO_FILTER_HERE ? ", here" : "",
                             bits & SOTTO_FILTER_ON_SALE ? ", on sale" : "");
    if (bits & SOTTO_FILTER_UNDER) {
        used += (size_t)snprintf(words + used, sizeof words - used, ", under %lld",
                                 (long long)next(instruction, &at));
    }
    if (bits & SOTTO_FILTER_FROM) {
        used += (size_t)snprintf(words + used, sizeof words - used, ", from %lld",
                                 (long long)next(instruction, &at));
    }
    if (bits & SOTTO_FILTER_WITHIN) {
        used += (size_t)snprintf(words + used, sizeof words - used, ", within %llds",
                                 (long long)next(instruction, &at));
    }
    used += (size_t)snprintf(words + used, sizeof words - used, "%s",
                             bits & SOTTO_FILTER_SESSION ? ", this session" : "");
    if (bits & SOTTO_FILTER_KEY_2) {
        print_key(key, sizeof key, plan, next(instruction, &at));
        snprintf(words + used, sizeof words - used, ", %s", key);
    }
    put(line, "%s)", words);
}

static void put_list(wrapping *line, const sotto_plan *plan, const cli_instruction *instruction)
{
    put(line, "in [");
    for (uint32_t i = 1; i < instruction->operand_count; i++) {
        if (instruction->op == SOTTO_OP_IN_TEXTS) {
            sotto_text text = sotto_plan_text(plan, (uint32_t)instruction->operands[i]);
            put(line, "\"%.*s\"", (int)text.size, text.bytes);
        } else {
            put(line, "%g", (double)instruction->operands[i] / 10000);
        }
    }
    put(line, "]");
}

static void put_instruction(wrapping *line, const sotto_plan *plan,
                            const cli_instruction *instruction)
{
    int64_t operand = instruction->operands[0];
    sotto_text text = sotto_plan_text(plan, (uint32_t)operand);
    char key[64];
    switch (instruction->op) {
    case SOTTO_OP_END: break;
    case SOTTO_OP_NUMBER: put(line, "%g", (double)operand / 10000); break;
    case SOTTO_OP_INTEGER: put(line, "%lld", (long long)operand); break;
    case SOTTO_OP_TEXT: put(line, "\"%.*s\"", (int)text.size, text.bytes); break;
    case SOTTO_OP_FACT_NUMBER: put(line, "%s", fact_name(CLI_NUMBER_TYPE, operand)); break;
    case SOTTO_OP_FACT_TEXT: put(line, "%s", fact_name(CLI_TEXT_TYPE, operand)); break;
    case SOTTO_OP_FACT_TRUTH: put(line, "%s", fact_name(CLI_TRUTH_TYPE, operand)); break;
    case SOTTO_OP_SEGMENT:
        if ((uint32_t)operand >= sotto_segment_count(plan)) {
            put(line, "shared(%lld)", (long long)operand + 1);
            break;
        }
        text = sotto_segment_name(plan, (uint32_t)operand);
        put(line, "segment(\"%.*s\")", (int)text.size, text.bytes);
        break;
    case SOTTO_OP_ACCOUNT_NUMBER:
    case SOTTO_OP_ACCOUNT_TEXT:
    case SOTTO_OP_ACCOUNT_TRUTH:
        put(line, "account(\"%.*s\")", (int)text.size, text.bytes);
        break;
    case SOTTO_OP_ANSWERED:
    case SOTTO_OP_QUERY:
    case SOTTO_OP_SEEN_CAMPAIGN:
        put(line, "%s(\"%.*s\")", instruction->name, (int)text.size, text.bytes);
        break;
    case SOTTO_OP_INTEREST:
    case SOTTO_OP_IN_CART:
    case SOTTO_OP_PAGE_IS:
        print_key(key, sizeof key, plan, operand);
        put(line, "%s(%s)", instruction->name, key);
        break;
    case SOTTO_OP_IN_NUMBERS:
    case SOTTO_OP_IN_TEXTS: put_list(line, plan, instruction); break;
    case SOTTO_OP_AND:
    case SOTTO_OP_OR: put(line, "%s(+%lld)", instruction->name, (long long)operand); break;
    default:
        if (instruction->op >= SOTTO_OP_COUNT && instruction->op <= SOTTO_OP_MOST) {
            put_filter(line, plan, instruction);
        } else {
            put(line, "%s", instruction->name);
        }
    }
}

static void put_program(wrapping *line, const sotto_plan *plan, sotto_program program)
{
    uint32_t at = 0;
    cli_instruction instruction;
    while (cli_instruction_read(program.bytes, program.size, &at, &instruction)) {
        put_instruction(line, plan, &instruction);
    }
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

static void show_segments(const sotto_plan *plan)
{
    uint32_t count = sotto_segment_count(plan);
    if (count) {
        printf("  segments: %u\n", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        wrapping line = begin(sotto_segment_name(plan, i));
        put_program(&line, plan, sotto_segment_program(plan, i));
        putchar('\n');
    }
    for (uint32_t i = count; i < plan->segment_count; i++) {
        char name[32];
        int size = snprintf(name, sizeof name, "shared(%u)", i + 1);
        wrapping line = begin((sotto_text){name, (size_t)size});
        put_program(&line, plan, sotto_segment_program(plan, i));
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

static void show_campaign(const sotto_plan *plan, const sotto_campaign *campaign)
{
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
        put_program(&line, plan, campaign->when);
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

void cli_show_plan(const sotto_plan *plan)
{
    if (!plan) {
        return;
    }
    show_segments(plan);
    if (sotto_campaign_count(plan)) {
        printf("  campaigns: %u\n", sotto_campaign_count(plan));
    }
    for (uint32_t i = 0; i < sotto_campaign_count(plan); i++) {
        sotto_campaign campaign = sotto_campaign_get(plan, i);
        show_campaign(plan, &campaign);
    }
    show_experiments(plan);
    show_offers(plan);
}
