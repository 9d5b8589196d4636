/*
 * row_rules.c - which rows a shop wants left out
 *
 * Real logs hold returns, samples, postage, test orders. A shop names what it does not want, and
 * the report counts each under that name, so that nobody wonders later where 20,000 rows went.
 */
#include "train/row_rules.h"

#include "train/values.h"

#include <stdlib.h>
#include <string.h>

static bool compile(sotto_rules *rules, size_t number, sotto_train_fault *fault)
{
    const sotto_log_rule *rule = &rules->rules[number];
    if (rule->column == NULL || rule->name == NULL) {
        return sotto_fault_set(fault, "rule %zu has no %s", number + 1,
                               rule->name == NULL ? "name" : "column");
    }
    bool by_text = rule->test == SOTTO_LOG_MATCHES || rule->test == SOTTO_LOG_STARTS_WITH
                   || rule->test == SOTTO_LOG_EQUALS;
    if (by_text && rule->text == NULL) {
        return sotto_fault_set(fault, "rule \"%s\" has no text to compare with", rule->name);
    }
    if (rule->test != SOTTO_LOG_MATCHES) {
        return true;
    }
    int result = regcomp(&rules->patterns[number], rule->text, REG_EXTENDED | REG_NOSUB);
    if (result != 0) {
        char why[200];
        regerror(result, &rules->patterns[number], why, sizeof why);
        memset(&rules->patterns[number], 0, sizeof rules->patterns[number]);
        return sotto_fault_set(fault, "rule \"%s\": \"%s\" is no regular expression: %s",
                               rule->name, rule->text, why);
    }
    return true;
}

bool sotto_rules_open(sotto_rules *rules, const sotto_log_source *source, sotto_train_fault *fault)
{
    memset(rules, 0, sizeof *rules);
    rules->rules = source->rules;
    rules->count = source->rule_count;
    rules->patterns = calloc(rules->count + 1, sizeof *rules->patterns);
    if (rules->patterns == NULL) {
        return sotto_fault_set(fault, "not enough memory for %zu rules", rules->count);
    }
    for (size_t i = 0; i < rules->count; i++) {
        if (!compile(rules, i, fault)) {
            sotto_rules_close(rules);
            return false;
        }
        rules->compiled = i + 1;
    }
    return true;
}

void sotto_rules_close(sotto_rules *rules)
{
    for (size_t i = 0; i < rules->compiled; i++) {
        if (rules->rules[i].test == SOTTO_LOG_MATCHES) {
            regfree(&rules->patterns[i]);
        }
    }
    free(rules->patterns);
    free(rules->copy);
    memset(rules, 0, sizeof *rules);
}

static bool matches(sotto_rules *rules, size_t number, sotto_text text)
{
    if (text.size + 1 > rules->copy_size) {
        char *copy = realloc(rules->copy, text.size + 256);
        if (copy == NULL) {
            return false;
        }
        rules->copy = copy;
        rules->copy_size = text.size + 256;
    }
    if (text.size > 0) {
        memcpy(rules->copy, text.bytes, text.size);
    }
    rules->copy[text.size] = '\0';
    return regexec(&rules->patterns[number], rules->copy, 0, NULL, 0) == 0;
}

bool sotto_rules_hold(sotto_rules *rules, size_t number, sotto_text text)
{
    const sotto_log_rule *rule = &rules->rules[number];
    double value;
    text = sotto_text_trim(text);
    switch (rule->test) {
    case SOTTO_LOG_MATCHES:
        return matches(rules, number, text);
    case SOTTO_LOG_STARTS_WITH: {
        size_t size = strlen(rule->text);
        return text.size >= size && memcmp(text.bytes, rule->text, size) == 0;
    }
    case SOTTO_LOG_EQUALS:
        return sotto_text_equals(text, rule->text);
    case SOTTO_LOG_EMPTY:
        return text.size == 0;
    case SOTTO_LOG_NOT_EMPTY:
        return text.size > 0;
    case SOTTO_LOG_AT_MOST:
        return sotto_number_read(text, &value) && value <= rule->number;
    case SOTTO_LOG_AT_LEAST:
        return sotto_number_read(text, &value) && value >= rule->number;
    }
    return false;
}

/* Our own names, where the source maps none. Other events are of no use for training. */
static bool own_kind(sotto_text value, sotto_log_kind *kind)
{
    static const sotto_log_event names[] = {
        {"cart", SOTTO_LOG_CART}, {"click", SOTTO_LOG_VIEW}, {"ignore", SOTTO_LOG_IGNORE},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sotto_text_equals(value, names[i].value)) {
            *kind = names[i].kind;
            return true;
        }
    }
    switch (sotto_event_find(value.bytes, value.size)) {
    case SOTTO_VIEW:
        *kind = SOTTO_LOG_VIEW;
        return true;
    case SOTTO_CART_ADD:
        *kind = SOTTO_LOG_CART;
        return true;
    case SOTTO_PURCHASE:
        *kind = SOTTO_LOG_PURCHASE;
        return true;
    case SOTTO_SEARCH: case SOTTO_CART_REMOVE: case SOTTO_CHECKOUT: case SOTTO_WISHLIST:
    case SOTTO_CATEGORY_VIEW: case SOTTO_DISMISS:
        *kind = SOTTO_LOG_IGNORE;
        return true;
    default:
        return false;
    }
}

bool sotto_log_kind_find(const sotto_log_source *source, sotto_text value, sotto_log_kind *kind)
{
    if (source->event_count == 0) {
        return own_kind(value, kind);
    }
    for (size_t i = 0; i < source->event_count; i++) {
        if (sotto_text_equals(value, source->events[i].value)) {
            *kind = source->events[i].kind;
            return true;
        }
    }
    return false;
}
