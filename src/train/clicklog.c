/*
 * clicklog.c - sessions and questions in the plainest of files
 */
#include "train/clicklog.h"

#include "train/clicktable.h"
#include "train/values.h"
#include "train/window.h"

#include <stdlib.h>
#include <string.h>

static bool out_of_memory(const char *path, sotto_train_fault *fault)
{
    return sotto_fault_set(fault, "%s: not enough memory", path);
}

/* Takes the next id off the front of a line; false at its end. */
static bool take_id(sotto_text *line, sotto_text *id)
{
    while (line->size > 0
           && (*line->bytes == ' ' || *line->bytes == '\t' || *line->bytes == '\r')) {
        line->bytes++;
        line->size--;
    }
    *id = *line;
    while (line->size > 0 && *line->bytes != ' ' && *line->bytes != '\t' && *line->bytes != '\r') {
        line->bytes++;
        line->size--;
    }
    id->size -= line->size;
    return id->size > 0;
}

static bool check_id(const char *path, uint64_t line, sotto_text id, sotto_train_fault *fault)
{
    if (id.size > SOTTO_MAX_ID_SIZE) {
        return sotto_fault_set(fault, "%s:%llu: an id of more than %d bytes", path,
                               (unsigned long long)line, SOTTO_MAX_ID_SIZE);
    }
    if (!sotto_text_is_clean(id)) {
        return sotto_fault_set(fault, "%s:%llu: an id that is not UTF-8", path,
                               (unsigned long long)line);
    }
    return true;
}

static bool next_line(sotto_window *window, sotto_record *record, bool *found,
                      sotto_train_fault *fault)
{
    if (!sotto_window_find(window, false, '\t', record, found, fault)) {
        return false;
    }
    if (*found && record->bad != NULL) {
        return sotto_fault_set(fault, "%s:%llu: %s", window->path,
                               (unsigned long long)record->line, record->bad);
    }
    return true;
}

/* The number of an id; where nothing is to be learned, SOTTO_NO_ITEM if it was never met. */
static bool number_of(sotto_intern *items, bool learn, sotto_text id, uint32_t *item)
{
    if (learn) {
        return sotto_intern_add(items, id, item);
    }
    *item = sotto_intern_find(items, id);
    return true;
}

static bool read_sessions(sotto_window *window, bool learn, sotto_intern *items,
                          sotto_sequences *sessions, sotto_train_fault *fault)
{
    sotto_record record;
    bool found;
    while (next_line(window, &record, &found, fault)) {
        if (!found) {
            return true;
        }
        sotto_text line = record.text, id;
        bool opened = false;
        while (take_id(&line, &id)) {
            uint32_t item;
            if (!check_id(window->path, record.line, id, fault)) {
                return false;
            }
            if (!number_of(items, learn, id, &item)
                || (!opened && !sotto_sequences_open(sessions, sessions->count, 0))
                || !sotto_sequences_push(sessions, item)) {
                return out_of_memory(window->path, fault);
            }
            opened = true;
        }
        sotto_window_pass(window, &record);
    }
    return false;
}

static bool read_whole(const char *path, bool learn, sotto_intern *items,
                       sotto_sequences *sessions, sotto_train_fault *fault)
{
    sotto_window window;
    bool is_table;
    if (!sotto_clicktable_recognise(path, &is_table, fault)) {
        return false;
    }
    if (is_table) {
        return sotto_clicktable_read(path, learn, items, sessions, fault);
    }
    if (!sotto_window_open(&window, path, fault)) {
        return false;
    }
    bool good = read_sessions(&window, learn, items, sessions, fault);
    sotto_window_close(&window);
    if (good && sessions->count == 0) {
        return sotto_fault_set(fault, "%s: holds no session", path);
    }
    return good;
}

bool sotto_clicklog_read(const char *path, sotto_intern *items, sotto_sequences *sessions,
                         sotto_train_fault *fault)
{
    return read_whole(path, true, items, sessions, fault);
}

static bool add_answer(sotto_questions *questions, uint32_t *room, uint32_t answer)
{
    uint32_t number = questions->sessions.count - 1;
    if (number >= *room) {
        uint32_t grown = *room * 2 + 1024;
        uint32_t *answers = realloc(questions->answers, grown * sizeof *answers);
        if (answers == NULL) {
            return false;
        }
        questions->answers = answers;
        *room = grown;
    }
    questions->answers[number] = answer;
    return true;
}

static bool read_question(const sotto_window *window, const sotto_record *record,
                          const sotto_intern *items, sotto_questions *questions, uint32_t *room,
                          sotto_train_fault *fault)
{
    const char *tab = memchr(record->text.bytes, '\t', record->text.size);
    if (tab == NULL) {
        return sotto_fault_set(fault, "%s:%llu: has no tab between session and next item",
                               window->path, (unsigned long long)record->line);
    }
    sotto_text line = {record->text.bytes, (size_t)(tab - record->text.bytes)}, id;
    sotto_text rest = {tab + 1, record->text.size - line.size - 1};
    if (!take_id(&rest, &id)) {
        return sotto_fault_set(fault, "%s:%llu: has no item after the tab", window->path,
                               (unsigned long long)record->line);
    }
    if (!sotto_sequences_open(&questions->sessions, 0, 0)
        || !add_answer(questions, room, sotto_intern_find(items, id))) {
        return out_of_memory(window->path, fault);
    }
    while (take_id(&line, &id)) {
        if (!sotto_sequences_push(&questions->sessions, sotto_intern_find(items, id))) {
            return out_of_memory(window->path, fault);
        }
    }
    return true;
}

/* Whether the test file holds single questions: its first line has one tab and names no columns. */
static bool has_questions(const char *path, bool *single, sotto_train_fault *fault)
{
    sotto_window window;
    sotto_record record;
    bool found = false, is_table;
    *single = false;
    if (!sotto_clicktable_recognise(path, &is_table, fault)
        || !sotto_window_open(&window, path, fault)) {
        return false;
    }
    bool good = next_line(&window, &record, &found, fault), blank = true;
    while (good && found && (blank = sotto_text_trim(record.text).size == 0)) {
        sotto_window_pass(&window, &record);
        good = next_line(&window, &record, &found, fault);
    }
    const char *tab = blank ? NULL : memchr(record.text.bytes, '\t', record.text.size);
    const char *end = blank ? NULL : record.text.bytes + record.text.size;
    *single = tab != NULL && !is_table && memchr(tab + 1, '\t', (size_t)(end - tab - 1)) == NULL;
    sotto_window_close(&window);
    return good;
}

static bool read_questions(const char *path, const sotto_intern *items,
                           sotto_questions *questions, sotto_train_fault *fault)
{
    sotto_window window;
    sotto_record record;
    bool found = true, good = true;
    uint32_t room = 0;
    if (!sotto_window_open(&window, path, fault)) {
        return false;
    }
    while (good && found) {
        good = next_line(&window, &record, &found, fault);
        if (good && found) {
            bool blank = sotto_text_trim(record.text).size == 0;
            good = blank || read_question(&window, &record, items, questions, &room, fault);
            sotto_window_pass(&window, &record);
        }
    }
    sotto_window_close(&window);
    return good;
}

bool sotto_questions_read(const char *path, sotto_intern *items, sotto_questions *questions,
                          sotto_train_fault *fault)
{
    bool single;
    memset(questions, 0, sizeof *questions);
    return has_questions(path, &single, fault)
           && (single ? read_questions(path, items, questions, fault)
                      : read_whole(path, false, items, &questions->sessions, fault));
}

void sotto_questions_free(sotto_questions *questions)
{
    sotto_sequences_free(&questions->sessions);
    free(questions->answers);
    memset(questions, 0, sizeof *questions);
}
