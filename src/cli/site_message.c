/*
 * site_message.c - texts with variables
 *
 *     Only {missing} more for free shipping, {shop} pays the rest.
 *     {count, plural, =0 {Nothing yet} one {# thing} other {# things}} in your cart
 *
 * A variable must be one there is, and say something where it stands: the code of an offer needs an
 * offer. A text is read once, from left to right, as the page reads it.
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <ctype.h>
#include <string.h>

/* What a campaign must have for a variable to say something. */
typedef enum variable_need {
    ANYWHERE, NEEDS_SUBJECT, NEEDS_SHIPPING, NEEDS_THRESHOLD, NEEDS_CODE, NEEDS_OFFER, NEEDS_END,
    NEEDS_PROOF
} variable_need;

static const struct {
    const char   *name;
    variable_need need;
    bool          is_number;
} variables[] = {
    {"shop", ANYWHERE, false},           {"title", NEEDS_SUBJECT, false},
    {"price", NEEDS_SUBJECT, false},     {"was", NEEDS_SUBJECT, false},
    {"items", ANYWHERE, true},           {"cart", ANYWHERE, true},
    {"count", ANYWHERE, true},           {"missing", NEEDS_SHIPPING, true},
    {"threshold", NEEDS_THRESHOLD, true}, {"code", NEEDS_CODE, false},
    {"offer", NEEDS_OFFER, false},       {"ends", NEEDS_END, false},
    {"views", NEEDS_PROOF, true},        {"buyers", NEEDS_PROOF, true},
};

#define VARIABLE_COUNT SOTTO_ARRAY_COUNT(variables)
#define ANSWER         "answer:"
#define DEEPEST        4u

typedef struct reading {
    cli_plan_builder             *builder;
    const cli_node               *node;
    const sotto_campaign_content *campaign;
    sotto_text                    text;
    size_t                        at;
    bool                          failed;
} reading;

static const sotto_offer_content *offer_of(const reading *message)
{
    uint32_t offer = message->campaign->offer;
    return offer == SOTTO_NONE ? NULL : &message->builder->offer_list[offer];
}

/* What is missing for a variable to be filled, in words; NULL if nothing is. */
static const char *missing_for(const reading *message, variable_need need)
{
    const sotto_offer_content *offer = offer_of(message);
    const sotto_campaign_content *campaign = message->campaign;
    switch (need) {
    case NEEDS_SUBJECT:
        return cli_plan_has_subject(message->builder, campaign)
                   ? NULL : "a trigger or a \"when\" that is about a product";
    case NEEDS_SHIPPING:
        return offer && offer->kind == SOTTO_FREE_SHIPPING ? NULL
                                                           : "an offer of the kind free-shipping";
    case NEEDS_THRESHOLD:
        return offer && offer->threshold ? NULL : "an offer with a threshold";
    case NEEDS_CODE:
        return offer && offer->code_count ? NULL : "an offer with a code";
    case NEEDS_OFFER:
        return offer && offer->label ? NULL : "an offer with a label";
    case NEEDS_END:
        return campaign->ends_s || (offer && offer->ends_s) ? NULL : "an end, or an offer with one";
    case NEEDS_PROOF:
        return campaign->block == SOTTO_PROOF ? NULL : "the block proof";
    default:
        return NULL;
    }
}

static void refuse(reading *message, size_t at, size_t size, const char *near, const char *what,
                   const char *more)
{
    if (!message->failed) {
        cli_node_mistake_in(message->node, message->text, at, size, near, "%s%s", what, more);
    }
    message->failed = true;
}

static char peek(const reading *message, size_t ahead)
{
    size_t at = message->at + ahead;
    return at < message->text.size ? message->text.bytes[at] : '\0';
}

static void skip_blanks(reading *message)
{
    while (isspace((unsigned char)peek(message, 0))) {
        message->at++;
    }
}

/* The size of a name: letters, digits, "_", ":", "." and "-"; an answer's goes on to the end. */
static size_t name_size(const reading *message)
{
    const char *start = message->text.bytes + message->at;
    size_t left = message->text.size - message->at;
    size_t size = 0;
    if (left > strlen(ANSWER) && memcmp(start, ANSWER, strlen(ANSWER)) == 0) {
        while (size < left && !strchr("{},\n", start[size])) {
            size++;
        }
        return size;
    }
    while (size < left && (isalnum((unsigned char)start[size]) || strchr("_:.-", start[size]))) {
        size++;
    }
    return size;
}

static void check_answer(reading *message, size_t at, const char *name)
{
    const cli_expression_names *questions = &message->builder->scope.questions;
    const char *question = name + strlen(ANSWER);
    for (uint32_t i = 0; i < questions->count; i++) {
        if (strcmp(questions->names[i], question) == 0) {
            return;
        }
    }
    cli_node_warning_in(message->node, message->text, at, strlen(name),
                        cli_nearest(question, questions->names, questions->count),
                        "no quiz of the site file asks this");
}

/* Whether there is such a variable, here; and whether it counts. */
static bool check_variable(reading *message, size_t at, const char *name, bool *is_number)
{
    const char *names[VARIABLE_COUNT];
    char list[256];
    *is_number = false;
    if (strncmp(name, ANSWER, strlen(ANSWER)) == 0 && name[strlen(ANSWER)]) {
        check_answer(message, at, name);
        return true;
    }
    for (size_t i = 0; i < VARIABLE_COUNT; i++) {
        names[i] = variables[i].name;
        if (strcmp(variables[i].name, name) == 0) {
            const char *missing = missing_for(message, variables[i].need);
            if (missing) {
                refuse(message, at, strlen(name), NULL, "this variable needs ", missing);
            }
            *is_number = variables[i].is_number;
            return !missing;
        }
    }
    cli_nearest_list(list, sizeof list, names, VARIABLE_COUNT);
    refuse(message, at, strlen(name), cli_nearest(name, names, VARIABLE_COUNT),
           "there is no such variable, only answer:..., ", list);
    return false;
}

static void check_message(reading *message, unsigned depth);

/* "one {# thing}", from its word on; false if there is no such form here. */
static bool check_form(reading *message, unsigned depth, bool *is_other)
{
    static const char *const words[] = {"zero", "one", "two", "few", "many", "other"};
    char word[16] = "";
    size_t start = message->at;
    size_t size = 0;
    for (; size < sizeof word - 1 && (isalnum((unsigned char)peek(message, 0))
                                      || peek(message, 0) == '='); size++) {
        word[size] = peek(message, 0);
        message->at++;
    }
    bool known = word[0] == '=' && size > 1 && size <= 10
              && strspn(word + 1, "0123456789") == size - 1;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(words); i++) {
        known = known || strcmp(words[i], word) == 0;
    }
    *is_other = *is_other || strcmp(word, "other") == 0;
    if (!known) {
        refuse(message, start, size, size ? cli_nearest(word, words, SOTTO_ARRAY_COUNT(words))
                                          : NULL,
               "expected a form: =0, zero, one, two, few, many or other", "");
        return false;
    }
    skip_blanks(message);
    if (peek(message, 0) != '{') {
        refuse(message, message->at, peek(message, 0) ? 1 : 0, NULL,
               "expected \"{\" and what is said then", "");
        return false;
    }
    size_t open = message->at++;
    check_message(message, depth + 1);
    if (!message->failed && peek(message, 0) != '}') {
        refuse(message, open, 1, NULL, "the brace that opens here does not close", "");
    }
    message->at++;
    return !message->failed;
}

static void check_plural(reading *message, size_t open, unsigned depth)
{
    bool has_other = false;
    message->at++;
    skip_blanks(message);
    if (message->text.size - message->at < 6
        || memcmp(message->text.bytes + message->at, "plural", 6) != 0) {
        refuse(message, message->at, 0, NULL, "expected \"plural\"", "");
        return;
    }
    message->at += 6;
    skip_blanks(message);
    if (peek(message, 0) != ',') {
        refuse(message, message->at, 0, NULL, "expected \",\" and the forms", "");
        return;
    }
    message->at++;
    for (skip_blanks(message); !message->failed && peek(message, 0) != '}';
         skip_blanks(message)) {
        if (message->at >= message->text.size) {
            refuse(message, open, 1, NULL, "the brace that opens here does not close", "");
            return;
        }
        if (!check_form(message, depth, &has_other)) {
            return;
        }
    }
    if (!message->failed && !has_other) {
        refuse(message, message->at, 1, NULL, "the form \"other\" is missing", "");
    }
}

/* Behind an opening brace. */
static void check_argument(reading *message, unsigned depth)
{
    size_t open = message->at++;
    bool is_number;
    skip_blanks(message);
    size_t at = message->at;
    size_t size = name_size(message);
    const char *name = cli_pool_copy(message->builder->memory, message->text.bytes + at, size);
    message->at += size;
    if (size == 0) {
        refuse(message, open, 1, NULL, "expected the name of a variable behind a brace (one that "
                                       "is meant is doubled)", "");
        return;
    }
    if (!check_variable(message, at, name, &is_number)) {
        return;
    }
    skip_blanks(message);
    if (peek(message, 0) == ',') {
        if (!is_number) {
            refuse(message, at, size, NULL, "this variable is no number, so it has no plural", "");
            return;
        }
        check_plural(message, open, depth);
    }
    if (!message->failed && peek(message, 0) != '}') {
        refuse(message, open, 1, NULL, "the brace that opens here does not close", "");
    }
    message->at++;
}

/* To the end, or to the brace that closes the form it is in. */
static void check_message(reading *message, unsigned depth)
{
    if (depth > DEEPEST) {
        refuse(message, message->at, 1, NULL, "plurals within plurals, more than four", "");
    }
    while (!message->failed && message->at < message->text.size) {
        char sign = peek(message, 0);
        if (sign == '}' && depth > 0) {
            return;
        }
        if (sign != '{' && sign != '}') {
            message->at++;
        } else if (peek(message, 1) == sign) {
            message->at += 2;
        } else if (sign == '}') {
            refuse(message, message->at, 1, NULL, "nothing opens what this closes (a brace that is "
                                                  "meant is doubled)", "");
        } else {
            check_argument(message, depth);
        }
    }
}

void cli_plan_check_message(cli_plan_builder *builder, const cli_node *node,
                            const sotto_campaign_content *campaign, const char *text)
{
    reading message = {builder, node, campaign, {text, strlen(text)}, 0, false};
    check_message(&message, 0);
}
