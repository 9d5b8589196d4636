/*
 * Rules - which rows a shop wants left out, and reading events by their names
 *
 * memory    A compiled regular expression for each rule that has one.
 * lifetime  As long as the texts of the source.
 */
#ifndef SOTTO_TRAIN_ROW_RULES_H
#define SOTTO_TRAIN_ROW_RULES_H

#include "train/logs.h"

#include <regex.h>

typedef struct sotto_rules {
    const sotto_log_rule *rules;
    regex_t              *patterns; /* as many as rules; only those of SOTTO_LOG_MATCHES are used */
    size_t                count;
    size_t                compiled;
    char                 *copy; /* terminated copy of the text a pattern looks at */
    size_t                copy_size;
} sotto_rules;

/* Compiles the patterns. A rule that is no rule is a failure that names it. */
bool sotto_rules_open(sotto_rules *rules, const sotto_log_source *source, sotto_train_fault *fault);
void sotto_rules_close(sotto_rules *rules);

/* Does the number-th rule hold for the text of its column? */
bool sotto_rules_hold(sotto_rules *rules, size_t number, sotto_text text);

/* What a value of the event column means; false if the source does not say. */
bool sotto_log_kind_find(const sotto_log_source *source, sotto_text value, sotto_log_kind *kind);

#endif
