/*
 * test_expression_parse.c - expressions compiled: what they become, and what is refused where
 *
 * Whatever compiles must be sound for the machine: each program goes through the checker that a
 * page runs when it opens a plan.
 */
#include "test.h"

#include "cli/expression.h"
#include "cli/expression_names.h"
#include "cli/pool.h"
#include "format/reader.h"

static cli_pool memory;
static cli_plan_pool plan_pool;

static const char *const segment_names[] = {"fan", "rich"};
static const char *const campaign_names[] = {"popup"};
static const char *const questions[] = {"Which size?"};
static const char *const cluster_names[] = {"families", "bargain hunters"};
static const char *const account_names[] = {"points", "tier", "trade"};
static const uint8_t account_kinds[] = {SOTTO_ACCOUNT_NUMBER, SOTTO_ACCOUNT_TEXT,
                                        SOTTO_ACCOUNT_TRUTH};

static cli_expression_scope scope_for_tests(void)
{
    cli_plan_pool_start(&plan_pool, &memory);
    return (cli_expression_scope){
        .pool = &plan_pool,
        .price_decimals = 2,
        .segments = {segment_names, 2},
        .campaigns = {campaign_names, 1},
        .questions = {questions, 1},
        .clusters = {cluster_names, 2},
        .account = {account_names, 3},
        .account_kinds = account_kinds,
    };
}

/* Whether the machine takes a program that stands in a plan with these strings and keys. */
static bool is_sound(const cli_expression *expression)
{
    static sotto_plan plan;
    memset(&plan, 0, sizeof plan);
    plan.string_count = plan_pool.string_count;
    plan.key_count = plan_pool.key_count;
    plan.key_kinds = plan_pool.key_kinds;
    sotto_reader reader = sotto_reader_over(expression->bytes, 0, expression->size);
    sotto_program_check(&reader, &plan, 2);
    return reader.status == SOTTO_OK;
}

static cli_expression compile(const char *text, bool good)
{
    cli_expression_scope scope = scope_for_tests();
    cli_expression expression;
    ROW("%.80s", text);
    bool compiled = cli_expression_compile(&scope, text, strlen(text), &expression);
    CHECK_EQ(compiled, good);
    if (compiled) {
        CHECK(is_sound(&expression));
    } else if (good) {
        printf("%s\n", expression.notes[expression.note_count - 1].what);
    } else {
        REQUIRE(expression.note_count > 0);
        CHECK(!expression.notes[expression.note_count - 1].warning);
    }
    return expression;
}

/* The names of the instructions, in one line, with their operands. */
static const char *instructions_of(const cli_expression *expression)
{
    static char line[4096];
    size_t used = 0;
    uint32_t at = 0;
    cli_instruction instruction;
    line[0] = '\0';
    while (cli_instruction_read(expression->bytes, expression->size, &at, &instruction)) {
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? "; " : "",
                                 instruction.name);
        for (uint32_t i = 0; i < instruction.operand_count; i++) {
            used += (size_t)snprintf(line + used, sizeof line - used, " %lld",
                                     (long long)instruction.operands[i]);
        }
    }
    return line;
}

static void check_code(const char *text, const char *code)
{
    cli_expression expression = compile(text, true);
    CHECK_STR(instructions_of(&expression), code);
}

/* Refused at the first place of `where` in the text, or at its end if that is "". */
static void check_refused(const char *text, const char *where, const char *what, const char *near)
{
    cli_expression expression = compile(text, false);
    const cli_expression_note *note = &expression.notes[expression.note_count - 1];
    size_t at = where[0] ? (size_t)(strstr(text, where) - text) : strlen(text);
    CHECK_EQ(note->at, at);
    CHECK_EQ(note->size, strlen(where));
    if (!strstr(note->what, what)) {
        CHECK_STR(note->what, what);
    }
    CHECK_STR(note->near ? note->near : "", near ? near : "");
}

TEST(operators_bind_as_the_grammar_says)
{
    check_code("1 + 2 * 3 == 7",
               "integer 1; integer 2; integer 3; multiply; add; integer 7; equal; end");
    check_code("(1 + 2) * 3 == 9",
               "integer 1; integer 2; add; integer 3; multiply; integer 9; equal; end");
    check_code("10 - 3 - 2 == 5 ",
               "integer 10; integer 3; subtract; integer 2; subtract; integer 5; equal; end");
    check_code("7 % 4 / 2 > 1",
               "integer 7; integer 4; rest; integer 2; divide; integer 1; more; end");
    check_code("not touch and returning or first_visit",
               "fact-truth 3; not; and 2; fact-truth 2; or 2; fact-truth 1; end");
    check_code("touch or returning and first_visit",
               "fact-truth 3; or 6; fact-truth 2; and 2; fact-truth 1; end");
    check_code("not not touch", "fact-truth 3; end");
    check_code("- - visits != -visits",
               "fact-number 14; fact-number 14; negate; unequal; end");
    check_code("(touch) == (remembered)", "fact-truth 3; fact-truth 4; same; end");
    check_code("touch != false", "fact-truth 3; false; different; end");
    check_code("\n\ttrue\r\n", "true; end");
}

TEST(numbers_are_kept_to_four_decimals)
{
    check_code("visits > 2.5", "fact-number 14; number 25000; more; end");
    check_code("visits > -0.0001", "fact-number 14; number -1; more; end");
    check_code("visits > 2.5000000", "fact-number 14; number 25000; more; end");
    check_code("item.discount >= 40%", "fact-number 6; number 4000; at-least; end");
    check_code("item.discount >= 0.01%", "fact-number 6; number 1; at-least; end");
    check_code("session.age <= 2.5h", "fact-number 12; integer 9000; at-most; end");
    check_code("since_visit > 4w", "fact-number 15; integer 2419200; more; end");
    check_code("session.age in [30s, 1m, -1]",
               "fact-number 12; in-numbers 3 300000 600000 -10000; end");
    check_code("spent > 214748.3648",
               "fact-number 17; integer 214748; number 3648; add; more; end");
    check_code("spent > 2147483648",
               "fact-number 17; integer 214748364; integer 10; multiply; number 80000; add; more; "
               "end");
    check_code("spent > -7036874417.5",
               "fact-number 17; integer -703687441; integer 10; multiply; number -75000; add; more; "
               "end");
    check_refused("visits > 2.12345", "2.12345", "at most four decimals", NULL);
    check_refused("visits > 0.001%", "0.001%", "at most two decimals", NULL);
    check_refused("visits > 99999999999999999999", "99999999999999999999", "at most 7036874417",
                  NULL);
    check_refused("visits > 5000000000w", "5000000000w", "at most", NULL);
    check_refused("visits > 3x", "3x", "expected a number, or a span", NULL);
    check_refused("spent in [214749]", "214749", "a number of a list", NULL);
    check_refused("5%2 == 1", "2", "expected an operator", NULL);
}

TEST(texts_hold_what_was_escaped)
{
    cli_expression expression = compile("page.path starts \"/a\\\"b\\'c\\\\d\\n\"", true);
    CHECK_STR(instructions_of(&expression), "fact-text 0; text 1; starts; end");
    CHECK_STR(plan_pool.strings[1].bytes, "/a\"b'c\\d\n");
    compile("page.path == 'x' or page.path != \"x\"", true);
    CHECK_EQ(plan_pool.string_count, 2);
    compile("page.type == \"\"", true);
    check_refused("page.path == \"x\\t\"", "\\", "behind \\", NULL);
    check_refused("page.path == 'x", "'", "does not end", NULL);
    check_refused("query('') == 'x'", "''", "not empty", NULL);
}

TEST(text_operators)
{
    check_code("page.path ends 'x'", "fact-text 0; text 1; ends; end");
    check_code("page.path contains 'x'", "fact-text 0; text 1; contains; end");
    check_code("device in ['phone', 'tablet']", "fact-text 5; in-texts 2 1 2; end");
    check_code("device not in ['phone']", "fact-text 5; in-texts 1 1; not; end");
    check_refused("device < 'phone'", "<", "takes two numbers", NULL);
    check_refused("visits starts 1", "starts", "takes two texts", NULL);
    check_refused("touch < true", "<", "takes two numbers", NULL);
    check_refused("touch in [true]", "in", "a number or a text", NULL);
    check_refused("device in [1]", "1", "expected a text", NULL);
    check_refused("visits in ['1']", "'1'", "expected a number", NULL);
    check_refused("visits in []", "]", "expected a number", NULL);
    check_refused("visits in [1, 2", "", "expected \",\" or \"]\"", NULL);
    check_refused("visits in 3", "3", "expected a list", NULL);
    check_refused("visits not 3", "3", "\"in\" and a list", NULL);
}

TEST(every_fact_compiles)
{
    for (uint32_t i = 0; i < cli_fact_count; i++) {
        const cli_fact *fact = &cli_facts[i];
        char text[128];
        snprintf(text, sizeof text, "%s%s", fact->name,
                 fact->type == CLI_NUMBER_TYPE ? " > 1"
                 : fact->type == CLI_TEXT_TYPE ? " == \"\"" : "");
        cli_expression expression = compile(text, true);
        CHECK_EQ(expression.bytes[0], SOTTO_OP_FACT_NUMBER + (uint32_t)fact->type);
        CHECK_EQ(expression.bytes[1], fact->number);
    }
    CHECK_EQ(cli_fact_count, (uint32_t)SOTTO_FACT_NUMBERS + (uint32_t)SOTTO_FACT_TEXTS
                                 + (uint32_t)SOTTO_FACT_TRUTHS);
}

TEST(every_function_and_event_compiles)
{
    for (uint32_t i = 0; i < cli_function_count; i++) {
        const cli_function *function = &cli_functions[i];
        for (uint32_t j = 0; j < cli_event_name_count; j++) {
            char text[128];
            if (function->kind != CLI_CALL_EVENTS) {
                break;
            }
            snprintf(text, sizeof text, "%s(%s) > 1", function->name, cli_event_names[j].name);
            cli_expression expression = compile(text, true);
            CHECK_EQ(expression.bytes[0], (uint32_t)function->op);
            CHECK_EQ(expression.bytes[1] | expression.bytes[2] << 8, cli_event_names[j].kinds);
        }
    }
    check_code("interest(brand: 'B') > 40%", "interest 0; number 4000; more; end");
    check_code("in_cart(item: 'A')", "in-cart 0; end");
    check_code("page_is(category: 'A>B')", "page-is 0; end");
    check_code("segment('rich')", "segment 1; end");
    check_code("answered('Which size?')", "answered 1; end");
    check_code("account('points') > 1", "account-number 1; integer 1; more; end");
    check_code("account('tier') == 'gold'", "account-text 1; text 2; text-equal; end");
    check_code("account('trade')", "account-truth 1; end");
    check_code("query('utm') != 'x'", "query 1; text 2; text-unequal; end");
    check_code("seen_campaign('popup') < 2", "seen-campaign 1; integer 2; less; end");
    check_code("min(visits, 3) == max(1, 2)",
               "fact-number 14; integer 3; min; integer 1; integer 2; max; equal; end");
    check_code("floor(spent) == round(1.5)",
               "fact-number 17; floor; number 15000; round; equal; end");
}

TEST(an_answer_stands_behind_its_question_and_a_zero_byte)
{
    cli_expression expression = compile("answered('Which size?', \"42\")", true);
    CHECK_STR(instructions_of(&expression), "answered 1; end");
    REQUIRE(plan_pool.strings[1].size == 14);
    CHECK_MEM(plan_pool.strings[1].bytes, "Which size?\0" "42", 14);
}

TEST(everything_that_narrows_events)
{
    check_code("count(view, category: 'Shoes>Boots ', here: true, on_sale: true, under: 50, "
               "from: 19.95, within: 7d, this_session: true, brand: 'C') >= 3",
               "count 3 255 0 5000 1995 604800 1; integer 3; at-least; end");
    CHECK_EQ(plan_pool.key_kinds[0], SOTTO_KEY_CATEGORY);
    CHECK(plan_pool.keys[0] == sotto_hash("Shoes > Boots", 13));
    CHECK_EQ(plan_pool.key_kinds[1], SOTTO_KEY_BRAND);
    check_code("since(any, item: 'A') < 10m", "since 1023 1 0; integer 600; less; end");
    CHECK_EQ(plan_pool.key_kinds[0], SOTTO_KEY_ITEM);
    check_code("most(view, here: false) > 1", "most 3 0; integer 1; more; end");
    check_refused("count(veiw) > 1", "veiw", "takes an event first", "view");
    check_refused("count(view, categry: 'A') > 1", "categry", "takes item, category", "category");
}

TEST(one_of_each_is_enough)
{
    cli_expression expression = compile("count(view, within: 1d, within: 2d) > 1", false);
    CHECK_STR(expression.notes[0].what, "within stands twice");
    CHECK_EQ(expression.notes[0].at, 24);
    check_refused("count(view, item: 'A', brand: 'B', category: 'C') > 1", "'C'", "at most two",
                  NULL);
    check_refused("count(view, within: 0s) > 1", "0s", "at least a second", NULL);
    check_refused("count(view, within: '7d') > 1", "'7d'", "a span of time", NULL);
    check_refused("count(view, here: 1) > 1", "1", "expected true", NULL);
    check_refused("count(view, here) > 1", ")", "expected \":\"", NULL);
    check_refused("count(view, under: 99999999) > 1", "99999999", "no price", NULL);
    check_refused("count() > 1", ")", "the name of an event", NULL);
    check_refused("interest(item: 'A') > 0", "item", "a category or a brand", NULL);
    check_refused("in_cart('A')", "'A'", "the name of an argument", NULL);
    check_refused("in_cart(item: 'A', brand: 'B')", ",", "one argument", NULL);
    check_refused("page_is(within: 7d)", "within", "takes item, category and brand", NULL);
    check_refused("min(1) > 0", ")", "a second number", NULL);
    check_refused("floor(1, 2) > 0", ",", "expected \")\"", NULL);
    check_refused("max(1, 'a') > 0", "'a'", "takes numbers", NULL);
}

TEST(names_that_are_not_there_have_neighbours)
{
    check_refused("cart.totl > 4", "cart.totl", "there is no name cart.totl", "cart.total");
    check_refused("cuont(view) > 4", "cuont", "there is no function", "count");
    check_refused("segment('fam')", "'fam'", "there is no segment fam", "fan");
    check_refused("seen_campaign('pop') > 1", "'pop'", "there is no campaign", "popup");
    check_refused("account('point') > 1", "'point'", "account attribute point", "points");
    check_refused("count > 4", "count", "is a function: it is written count(view", NULL);
    check_refused("visits(3) > 4", "visits", "is no function", NULL);
    check_refused("device == phone", "phone", "a text stands in quotes", NULL);
    check_refused("__proto__ == 1", "__proto__", "there is no name", NULL);
    check_refused("segment(fan)", "fan", "a name in quotes", NULL);
}

TEST(signs_of_other_languages_are_told_apart)
{
    check_refused("touch && returning", "&&", "no sign", "and");
    check_refused("touch || returning", "||", "no sign", "or");
    check_refused("!touch", "!", "no sign", "not");
    check_refused("visits = 3", "=", "no sign", "==");
    check_refused("visits <> 3", "<>", "no sign", "!=");
    check_refused("device == \xE2\x80\x9Cphone\xE2\x80\x9D", "\xE2\x80\x9C", "no sign", "\"");
    check_refused("visits \xE2\x89\xA5 3", "\xE2\x89\xA5", "no sign", ">=");
    check_refused("visits > 3; touch", ";", "no sign", NULL);
    check_refused("visits > 3 \xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "no sign", NULL);
}

TEST(types_are_told_at_the_operator)
{
    check_refused("visits == 'three'", "==", "a number cannot be compared with a text", NULL);
    check_refused("device == 3", "==", "a text cannot be compared with a number", NULL);
    check_refused("touch == 1", "==", "a truth cannot be compared with a number", NULL);
    check_refused("visits + device > 1", "+", "takes two numbers, and device is a text", NULL);
    check_refused("touch and visits", "and", "takes two truths, and visits is a number", NULL);
    check_refused("visits or touch", "or", "takes two truths, and visits is a number", NULL);
    check_refused("not visits", "not", "takes a truth", NULL);
    check_refused("-device == 'x'", "-", "takes a number", NULL);
    check_refused("visits", "visits", "a whole expression is a truth", NULL);
    check_refused("1 < visits <= 3", "<=", "\"and\" joins two", NULL);
}

TEST(what_does_not_end_ends_somewhere)
{
    check_refused("", "", "expected a value", NULL);
    check_refused("   ", "", "expected a value", NULL);
    check_refused("count(view", "", "expected \",\" or \")\"", NULL);
    check_refused("count(view, ", "", "the name of an argument", NULL);
    check_refused("(visits > 3", "", "an operator or \")\"", NULL);
    check_refused("visits > 3 and", "", "expected a value", NULL);
    check_refused("visits >", "", "expected a value", NULL);
    check_refused("visits > 3)", ")", "there is no \"(\"", NULL);
    check_refused("visits > 3 touch", "touch", "expected an operator", NULL);
    check_refused(")", ")", "expected a value", NULL);
}

TEST(division_by_a_literal_zero_is_said)
{
    cli_expression expression = compile("spent / 0 > 1", true);
    REQUIRE(expression.note_count == 1);
    CHECK(expression.notes[0].warning);
    CHECK_EQ(expression.notes[0].at, 6);
    CHECK_EQ(expression.notes[0].size, 3);
    expression = compile("spent % 0.0 > 1 or spent / -0 > 1", true);
    CHECK_EQ(expression.note_count, 2);
    expression = compile("spent / (visits - visits) > 1", true);
    CHECK_EQ(expression.note_count, 0);
}

TEST(texts_that_a_fact_never_is_are_said)
{
    cli_expression expression = compile("lifecycle == 'loyl'", true);
    REQUIRE(expression.note_count == 1);
    CHECK(expression.notes[0].warning);
    CHECK_STR(expression.notes[0].near, "loyal");
    expression = compile("device in ['phone', 'tablett']", true);
    REQUIRE(expression.note_count == 1);
    CHECK_STR(expression.notes[0].near, "tablet");
    expression = compile("cluster == 'family'", true);
    CHECK_EQ(expression.note_count, 1);
    expression = compile("cluster == 'families' and page.type == 'lookbook' and 'mon' == weekday",
                         true);
    CHECK_EQ(expression.note_count, 0);
    expression = compile("answered('Size?')", true);
    REQUIRE(expression.note_count == 1);
    CHECK_STR(expression.notes[0].what, "no quiz of the site file asks this");
}

TEST(what_is_asked_for_is_listed)
{
    cli_expression expression =
        compile("segment('rich') or segment('fan') and count(view, item: 'A') > 1 "
                "and interest(brand: 'B') > 0", true);
    REQUIRE(expression.segment_count == 2);
    CHECK_EQ(expression.segments[0], 1);
    CHECK_EQ(expression.segments[1], 0);
    REQUIRE(expression.key_count == 2);
    CHECK_EQ(expression.keys[1].key, 1);
    CHECK_EQ(expression.keys[0].at, 56);
    CHECK_EQ(expression.keys[0].size, 3);
}

/* ---- Limits ---------------------------------------------------------------------------------- */

/* `count` times `part`, then `middle`, then `count` times `end`. */
static const char *nested(const char *part, const char *middle, const char *end, unsigned count)
{
    static char text[1 << 16];
    text[0] = '\0';
    size_t used = 0;
    for (unsigned i = 0; i < 2 * count + 1; i++) {
        const char *piece = i < count ? part : i == count ? middle : end;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", piece);
    }
    return text;
}

TEST(nesting_has_an_end)
{
    compile(nested("(", "touch", ")", 64), true);
    cli_expression expression = compile(nested("(", "touch", ")", 65), false);
    CHECK_EQ(expression.notes[0].at, 65);
    CHECK(strstr(expression.notes[0].what, "nested more than 64 deep") != NULL);
    expression = compile(nested("(", "touch", ")", 1000), false);
    CHECK_EQ(expression.notes[0].at, 65);
    compile(nested("floor(", "visits", ")", 1000), false);
    expression = compile(nested("(", "", "", 4096), false);
    CHECK_EQ(expression.notes[0].at, 65);
    compile(nested("not ", "touch", "", 1000), true);
    compile(nested("-", "visits > 3", "", 1000), true);
}

TEST(chains_are_long_and_branches_are_few)
{
    compile(nested("touch or ", "touch", "", 400), true);
    compile(nested("touch and ", "touch", "", 400), true);
    compile(nested("touch or returning and (", "touch", ") and touch", 31), true);
    cli_expression expression =
        compile(nested("touch or returning and (", "touch", ") and touch", 40), false);
    CHECK(strstr(expression.notes[0].what, "are open here at once") != NULL);
    compile(nested("touch or (", "touch", ") ", 64), true);
}

TEST(values_that_wait_have_an_end)
{
    compile(nested("1 + (", "visits", ") ", 31), false); /* a number is no truth */
    compile(nested("1 + (", "visits", ")", 30), false);
    char text[4096];
    snprintf(text, sizeof text, "%s > 1", nested("1 + (", "visits", ")", 31));
    compile(text, true);
    snprintf(text, sizeof text, "%s > 1", nested("1 + (", "visits", ")", 32));
    cli_expression expression = compile(text, false);
    CHECK(strstr(expression.notes[0].what, "values wait here at once") != NULL);
    CHECK_EQ(expression.notes[0].at, 5 * 32);
}

TEST(programs_and_texts_have_a_size)
{
    cli_expression expression = compile(nested("visits + ", "visits > 1", "", 450), true);
    CHECK(expression.size < 2048);
    expression = compile(nested("spent > 3.5 or ", "touch", "", 250), false);
    CHECK(strstr(expression.notes[0].what, "2048 bytes compiled") != NULL);
    CHECK(expression.notes[0].at > 2000);
    expression = compile(nested("touch or ", "touch", "", 1000), false);
    CHECK_EQ(expression.notes[0].at, 4096);
    CHECK(strstr(expression.notes[0].what, "at most 4096 bytes") != NULL);
}

TEST(no_bytes_do_harm)
{
    static const char alphabet[] = "()[],:+-*/%=!<>\"'\\ \n.0179aemd_\xE2\x80\xFF";
    static const char *const words[] = {"count", "(view", " and ", " or ", "not ", "visits", "7d",
                                        "within:", " in ", "[1,", "min(", "segment(", "'fan'", ")",
                                        "device", "==", ">", "touch"};
    uint64_t state = 1;
    for (unsigned turn = 0; turn < 20000; turn++) {
        char text[160];
        size_t size = 0;
        while (size < 120) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            uint32_t dice = (uint32_t)(state >> 33);
            if (dice % 40 == 0) {
                break;
            }
            const char *word = words[dice / 64 % (sizeof words / sizeof words[0])];
            bool letter = dice % 4 == 0;
            size += (size_t)snprintf(text + size, sizeof text - size, "%.*s", letter ? 1 : 20,
                                     letter ? &alphabet[dice / 8 % (sizeof alphabet - 1)] : word);
        }
        cli_expression_scope scope = scope_for_tests();
        cli_expression expression;
        if (cli_expression_compile(&scope, text, size, &expression)) {
            ROW("%s", text);
            CHECK(is_sound(&expression));
        } else {
            const cli_expression_note *note = &expression.notes[expression.note_count - 1];
            CHECK(!note->warning && note->at + note->size <= size);
        }
        cli_pool_free(&memory);
        memory = (cli_pool){0};
    }
}
