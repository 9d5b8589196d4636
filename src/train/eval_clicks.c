/*
 * eval_clicks.c - of a session so far, what is looked at next?
 *
 * Asked of test files by the protocol of the session-based literature, or of the end of a shop's
 * own logs. The clicks of one session are one group: where a test file has single questions, a line
 * belongs to the session of the line before it if one of them is the other and its next click
 * (files have the longest first, or the shortest).
 */
#include "train/eval_tail.h"

#include "train/clicklog.h"

#include <string.h>

/* ---- asking ---------------------------------------------------------------------------------- */

/* Every click but the first of each session. */
static void ask_sessions(const void *context, sotto_eval_master *master)
{
    const sotto_eval_range *range = context;
    const sotto_sequences *sessions = range->sequences;
    for (uint32_t i = range->from; i < range->to; i++) {
        const uint32_t *items = sessions->items + sessions->starts[i];
        size_t count = sessions->starts[i + 1] - sessions->starts[i];
        if (count > 1) {
            sotto_eval_master_begin(master);
        }
        for (size_t at = 1; at < count; at++) {
            sotto_eval_master_ask_next(master, items, at, items[at]);
        }
    }
}

/* Whether `longer` is `shorter` and the click that followed. */
static bool goes_on(const sotto_questions *questions, uint32_t shorter, uint32_t longer)
{
    const sotto_sequences *sessions = &questions->sessions;
    size_t count = sessions->starts[shorter + 1] - sessions->starts[shorter];
    const uint32_t *a = sessions->items + sessions->starts[shorter];
    const uint32_t *b = sessions->items + sessions->starts[longer];
    return sessions->starts[longer + 1] - sessions->starts[longer] == count + 1
           && memcmp(a, b, count * sizeof *a) == 0 && b[count] == questions->answers[shorter];
}

static void ask_questions(const void *context, sotto_eval_master *master)
{
    const sotto_questions *questions = context;
    const sotto_sequences *sessions = &questions->sessions;
    bool up = true, down = true; /* the ways in which the session at hand may go on */
    for (uint32_t i = 0; i < sessions->count; i++) {
        up = up && i > 0 && goes_on(questions, i - 1, i);
        down = down && i > 0 && !up && goes_on(questions, i, i - 1);
        if (!up && !down) {
            sotto_eval_master_begin(master);
            up = down = true;
        }
        sotto_eval_master_ask_next(master, sessions->items + sessions->starts[i],
                                   sessions->starts[i + 1] - sessions->starts[i],
                                   questions->answers[i]);
    }
}

/* ---- the two kinds of files ------------------------------------------------------------------ */

bool sotto_eval_next_click(const char *train_path, const char *test_path,
                           const sotto_eval_options *options, sotto_eval_result *result,
                           sotto_train_fault *fault)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    sotto_questions questions = {0};
    memset(result, 0, sizeof *result);
    double begun_s = sotto_eval_now_s();
    bool good = sotto_clicklog_read(train_path, &items, &sessions, fault);
    result->train_s = sotto_eval_now_s() - begun_s;
    good = good && sotto_questions_read(test_path, &items, &questions, fault);
    sotto_material material = {.items = &items, .sessions = &sessions};
    sotto_eval_range whole = {&questions.sessions, 0, questions.sessions.count};
    good = good
           && (questions.answers != NULL
                   ? sotto_eval_run(&material, options, ask_questions, &questions, result, fault)
                   : sotto_eval_run(&material, options, ask_sessions, &whole, result, fault));
    sotto_questions_free(&questions);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
    return good;
}

bool sotto_eval_logs(const sotto_log_source *sources, size_t source_count,
                     const sotto_eval_options *options, sotto_log_report *report,
                     sotto_eval_result *result, sotto_train_fault *fault)
{
    return sotto_eval_tail(sources, source_count, SOTTO_EVAL_SESSIONS, options, ask_sessions,
                           report, result, fault);
}
