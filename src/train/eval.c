/*
 * eval.c - how good is the published model?
 *
 * The trainer's own structures are gone by the time the first question is asked: there are the
 * bytes of the part, the core that opens them, and ids. An item the model does not know is found
 * by no question, which counts as a miss, and says nothing as part of a session.
 */
#include "train/eval.h"

#include "train/build.h"
#include "train/clicklog.h"
#include "train/gather.h"
#include "train/metrics.h"

#include <brotli/encode.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SESSION_MAX 64u    /* events handed to the core; it looks at fewer */
#define TEST_SHARE  0.1    /* of a shop's own sessions, the latest */

typedef struct question_master {
    sotto_bundle      *bundle;
    void              *scratch;
    size_t             scratch_size;
    uint32_t          *indexes; /* by item of the material: its index in the bundle */
    uint8_t           *shown;   /* by index */
    sotto_eval_result *result;
    sotto_metrics      metrics;
    double             seconds; /* spent deciding */
} question_master;

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- size ------------------------------------------------------------------------------------ */

static bool measure_size(const sotto_bytes *model, sotto_eval_result *result,
                         sotto_train_fault *fault)
{
    size_t offset, ids_size;
    if (!sotto_part_find_ids(model, &offset, &ids_size)) {
        return sotto_fault_set(fault, "the model has no ids");
    }
    result->ids_bytes = ids_size;
    result->model_bytes = model->size - ids_size;
    size_t packed_size = BrotliEncoderMaxCompressedSize(result->model_bytes);
    uint8_t *plain = malloc(result->model_bytes + 1);
    uint8_t *packed = malloc(packed_size + 1);
    bool good = plain != NULL && packed != NULL;
    if (good) {
        memcpy(plain, model->bytes, offset);
        memcpy(plain + offset, model->bytes + offset + ids_size, model->size - offset - ids_size);
        if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC,
                                  result->model_bytes, plain, &packed_size, packed)
            == BROTLI_TRUE) {
            result->model_brotli_bytes = packed_size;
        }
    }
    free(plain);
    free(packed);
    return good || sotto_fault_set(fault, "not enough memory to compress the model");
}

static double peak_mb(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (double)usage.ru_maxrss / 1024 : 0;
}

/* ---- questions ------------------------------------------------------------------------------- */

/* Asks for what follows items[0 .. count), the oldest first, and marks it against the answer. */
static void ask(question_master *examiner, const uint32_t *items, size_t count, uint32_t answer)
{
    uint32_t session[SESSION_MAX], picks[SOTTO_METRIC_DEPTH], length = 0;
    for (size_t i = count; i-- > 0 && length < SESSION_MAX;) {
        uint32_t index = items[i] == SOTTO_NO_ITEM ? SOTTO_NO_ITEM : examiner->indexes[items[i]];
        if (index != SOTTO_NO_ITEM) {
            session[length++] = index;
        }
    }
    double start = now_s();
    uint32_t found = sotto_rank_next(examiner->bundle, session, length, SOTTO_METRIC_DEPTH,
                                     examiner->scratch, examiner->scratch_size, picks);
    examiner->seconds += now_s() - start;
    uint32_t right = answer == SOTTO_NO_ITEM ? SOTTO_NO_ITEM : examiner->indexes[answer];
    uint32_t rank = 0;
    for (uint32_t i = 0; i < found; i++) {
        rank = picks[i] == right ? i + 1 : rank;
        examiner->result->covered += examiner->shown[picks[i]] == 0 ? 1 : 0;
        examiner->shown[picks[i]] = 1;
    }
    examiner->result->answered += found > 0 ? 1 : 0;
    sotto_metrics_add(&examiner->metrics, rank);
}

static bool open_model(question_master *examiner, const sotto_bytes *model,
                       const sotto_intern *items, sotto_train_fault *fault)
{
    sotto_fault where = {0};
    examiner->bundle = malloc(sotto_bundle_size());
    examiner->scratch_size = sotto_decision_scratch_size();
    examiner->scratch = malloc(examiner->scratch_size);
    examiner->indexes = calloc((size_t)items->count + 1, sizeof *examiner->indexes);
    examiner->shown = calloc((size_t)items->count + 1, 1);
    if (examiner->bundle == NULL || examiner->scratch == NULL || examiner->indexes == NULL
        || examiner->shown == NULL) {
        return sotto_fault_set(fault, "not enough memory for the evaluation");
    }
    sotto_bundle_init(examiner->bundle);
    sotto_status status =
        sotto_bundle_open(examiner->bundle, SOTTO_MODEL, model->bytes, model->size, &where);
    if (status != SOTTO_OK) {
        return sotto_fault_set(fault, "the model just written does not open: %s (%s at byte %zu)",
                               sotto_status_text(status), where.what != NULL ? where.what : "",
                               where.offset);
    }
    for (uint32_t i = 0; i < items->count; i++) {
        sotto_text id = sotto_intern_get(items, i);
        examiner->indexes[i] = sotto_item_find(examiner->bundle, id.bytes, id.size);
    }
    return true;
}

static void finish(question_master *examiner)
{
    sotto_eval_result *result = examiner->result;
    result->hr20 = sotto_metrics_hr(&examiner->metrics);
    result->mrr20 = sotto_metrics_mrr(&examiner->metrics);
    result->queries = examiner->metrics.queries;
    result->us_per_decision =
        result->queries == 0 ? 0 : examiner->seconds * 1e6 / (double)result->queries;
    free(examiner->bundle);
    free(examiner->scratch);
    free(examiner->indexes);
    free(examiner->shown);
}

/* Builds, measures and opens; what is left to do is ask. */
static bool build_and_start(question_master *examiner, const sotto_material *material,
                            const sotto_train_options *options, sotto_bytes *model,
                            sotto_train_fault *fault)
{
    sotto_eval_result *result = examiner->result;
    sotto_train_summary summary = {0};
    double begun_s = now_s();
    if (!sotto_build(material, options, model, NULL, &summary, fault)) {
        return false;
    }
    result->train_s += now_s() - begun_s;
    result->peak_mb = peak_mb(); /* before brotli, which is no part of training */
    result->items = summary.item_count;
    result->links = summary.next_link_count + summary.together_link_count;
    memcpy(result->recipe, summary.recipe, sizeof result->recipe);
    return open_model(examiner, model, material->items, fault)
           && measure_size(model, result, fault);
}

/* ---- the two kinds of files ------------------------------------------------------------------ */

bool sotto_eval_next_click(const char *train_path, const char *test_path,
                           const sotto_train_options *options, sotto_eval_result *result,
                           sotto_train_fault *fault)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    sotto_questions questions = {0};
    sotto_bytes model = {0};
    memset(result, 0, sizeof *result);
    question_master examiner = {.result = result};
    double begun_s = now_s();
    bool good = sotto_clicklog_read(train_path, &items, &sessions, fault);
    result->train_s = now_s() - begun_s;
    good = good && sotto_questions_read(test_path, &items, &questions, fault);
    sotto_material material = {&items, &sessions, NULL};
    good = good && build_and_start(&examiner, &material, options, &model, fault);
    for (uint32_t i = 0; good && i < questions.sessions.count; i++) {
        size_t from = questions.sessions.starts[i], to = questions.sessions.starts[i + 1];
        ask(&examiner, questions.sessions.items + from, to - from, questions.answers[i]);
    }
    finish(&examiner);
    free(model.bytes);
    sotto_questions_free(&questions);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
    return good;
}

/* How many sessions or baskets began before the time. */
static uint32_t count_before(const sotto_sequences *sequences, uint32_t time_s)
{
    uint32_t count = 0;
    while (count < sequences->count && sequences->times_s[count] < time_s) {
        count++;
    }
    return count;
}

static bool eval_sessions(const sotto_events *events, sotto_sequences *sessions,
                          sotto_sequences *baskets, const sotto_train_options *options,
                          sotto_eval_result *result, sotto_train_fault *fault)
{
    uint32_t last = sessions->count;
    uint32_t cut = last - (uint32_t)(last * TEST_SHARE);
    if (cut == last || sotto_exam_size(sessions, cut, last) == 0) {
        return sotto_fault_set(fault, "%u sessions are too few to hold some back for a test", last);
    }
    sotto_bytes model = {0};
    question_master examiner = {.result = result};
    sotto_sequences train_sessions = *sessions, train_baskets = *baskets;
    train_sessions.count = cut;
    train_baskets.count = count_before(baskets, sessions->times_s[cut]);
    sotto_material material = {&events->items, &train_sessions, &train_baskets};
    bool good = build_and_start(&examiner, &material, options, &model, fault);
    for (uint32_t i = cut; good && i < last; i++) {
        const uint32_t *items = sessions->items + sessions->starts[i];
        for (size_t at = 1; at < sessions->starts[i + 1] - sessions->starts[i]; at++) {
            ask(&examiner, items, at, items[at]);
        }
    }
    finish(&examiner);
    free(model.bytes);
    return good;
}

bool sotto_eval_logs(const sotto_log_source *sources, size_t source_count,
                     const sotto_train_options *options, sotto_log_report *report,
                     sotto_eval_result *result, sotto_train_fault *fault)
{
    sotto_events events;
    sotto_sequences sessions = {0}, baskets = {0};
    memset(result, 0, sizeof *result);
    double begun_s = now_s();
    bool good = sotto_gather(sources, source_count, options, &events, report, fault);
    if (good && !(sotto_sessions_make(&events, options->session_gap_s, &sessions)
                  && sotto_baskets_make(&events, options->session_gap_s, &baskets))) {
        good = sotto_fault_set(fault, "not enough memory for %zu events", events.count);
    }
    result->train_s = now_s() - begun_s;
    good = good && eval_sessions(&events, &sessions, &baskets, options, result, fault);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
    sotto_events_free(&events);
    return good;
}
