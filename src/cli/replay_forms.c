/*
 * replay_forms.c - what each kind of line of a recorded session says
 */
#include "cli/replay_forms.h"

#include "base/base.h"
#include "cli/category.h"
#include "cli/nearest.h"
#include "cli/number.h"
#include "cli/report.h"

#include <math.h>
#include <string.h>

/* ---- Members --------------------------------------------------------------------------------- */

static const char *copy(const cli_replay_reader *reader, const cJSON *text)
{
    return cli_pool_copy(reader->pool, text->valuestring, strlen(text->valuestring));
}

/* A text that may be absent: then `text` stays. */
static bool read_text(const cli_replay_reader *reader, const cJSON *json, const char *key,
                      const char **text)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(json, key);
    if (member && !cJSON_IsString(member)) {
        return cli_replay_bad(reader, "\"%s\" is no text", key);
    }
    if (member) {
        *text = copy(reader, member);
    }
    return true;
}

static bool need_text(const cli_replay_reader *reader, const cJSON *json, const char *key,
                      const char **text)
{
    return read_text(reader, json, key, text)
        && (*text || cli_replay_bad(reader, "\"%s\" is missing", key));
}

static bool read_list(const cli_replay_reader *reader, const cJSON *json, const char *key,
                      const char **items, uint32_t *count)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, key);
    const cJSON *element;
    *count = 0;
    if (list && !cJSON_IsArray(list)) {
        return cli_replay_bad(reader, "\"%s\" is no list of ids", key);
    }
    cJSON_ArrayForEach(element, list) {
        if (!cJSON_IsString(element) || *count == CLI_REPLAY_ITEMS_MAX) {
            return cli_replay_bad(reader, "\"%s\" is no list of at most %d ids", key,
                                  CLI_REPLAY_ITEMS_MAX);
        }
        items[(*count)++] = copy(reader, element);
    }
    return true;
}

static bool read_context(const cli_replay_reader *reader, const cJSON *json,
                         cli_replay_line *line)
{
    line->cart_given = cJSON_HasObjectItem(json, "cart");
    return read_list(reader, json, "items", line->items, &line->item_count)
        && read_list(reader, json, "cart", line->cart, &line->cart_count);
}

/* One of a few words; which, or -1 with everything said. */
static int choose(const cli_replay_reader *reader, const char *key, const char *word,
                  const char *const *words, size_t count)
{
    char list[256];
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return (int)i;
        }
    }
    const char *near = cli_nearest(word, words, count);
    cli_replay_bad(reader, "\"%s\" cannot be \"%s\"", key, word);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    } else {
        cli_hint("it is one of %s", cli_nearest_list(list, sizeof list, words, count));
    }
    return -1;
}

/* ---- Events and questions -------------------------------------------------------------------- */

static bool read_kind(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(json, "kind");
    const char *names[SOTTO_DISMISS];
    if (!cJSON_IsString(kind)) {
        return cli_replay_bad(reader, "\"kind\" is no text");
    }
    for (int i = 0; i < SOTTO_DISMISS; i++) {
        names[i] = sotto_event_name((sotto_event_kind)(i + 1));
    }
    line->kind = sotto_event_find(kind->valuestring, strlen(kind->valuestring));
    if (line->kind) {
        return true;
    }
    const char *near = cli_nearest(kind->valuestring, names, SOTTO_DISMISS);
    cli_replay_bad(reader, "no kind of event is called \"%s\"", kind->valuestring);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    }
    return false;
}

static bool read_event(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    if (!read_kind(reader, json, line)) {
        return false;
    }
    bool is_category = line->kind == SOTTO_CATEGORY_VIEW;
    if (!read_text(reader, json, is_category ? "category" : "item", &line->item)) {
        return false;
    }
    if (line->item && is_category) {
        sotto_text text = {line->item, strlen(line->item)};
        line->item = cli_category_path(reader->pool, text).bytes;
    }
    const cJSON *quantity = cJSON_GetObjectItemCaseSensitive(json, "quantity");
    const cJSON *results = cJSON_GetObjectItemCaseSensitive(json, "results");
    double value = quantity ? quantity->valuedouble : 0;
    if (quantity && (!cJSON_IsNumber(quantity) || value < 0 || value > 65535
                     || floor(value) < value)) {
        return cli_replay_bad(reader, "\"quantity\" is no whole number from 0 to 65535");
    }
    if (results && (!cJSON_IsNumber(results) || line->kind != SOTTO_SEARCH)) {
        return cli_replay_bad(reader, "\"results\" is the number of what a search found");
    }
    line->quantity = (uint32_t)value;
    line->amount = results && results->valuedouble <= 0 ? SOTTO_SIGNAL_NO_RESULTS : 0;
    return true;
}

static bool read_ask(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    const cJSON *ask = cJSON_GetObjectItemCaseSensitive(json, "ask");
    if (!cJSON_IsString(ask)) {
        return cli_replay_bad(reader, "\"ask\" is no slot's name");
    }
    line->text = copy(reader, ask);
    return read_context(reader, json, line);
}

/* ---- Pages, and what happens on them --------------------------------------------------------- */

/* What the shop says of a signed-in shopper: texts, numbers, truths. */
static bool read_account(const cli_replay_reader *reader, const cJSON *json, cli_replay_page *page)
{
    const cJSON *account = cJSON_GetObjectItemCaseSensitive(json, "account");
    const cJSON *member;
    page->has_account = account != NULL;
    if (account && !cJSON_IsObject(account)) {
        return cli_replay_bad(reader, "\"account\" is no object");
    }
    cJSON_ArrayForEach(member, account) {
        if (page->account_count == CLI_REPLAY_ACCOUNT_MAX) {
            return cli_replay_bad(reader, "\"account\" has more than %d members",
                                  CLI_REPLAY_ACCOUNT_MAX);
        }
        sotto_account_entry *entry = &page->account[page->account_count++];
        const char *name = cli_pool_copy(reader->pool, member->string, strlen(member->string));
        *entry = (sotto_account_entry){.name = {name, strlen(name)}, .text = {"", 0}};
        if (cJSON_IsString(member)) {
            entry->kind = SOTTO_ACCOUNT_TEXT;
            entry->text = (sotto_text){copy(reader, member), strlen(member->valuestring)};
        } else if (cJSON_IsNumber(member) && fabs(member->valuedouble) < 1e9) {
            entry->kind = SOTTO_ACCOUNT_NUMBER;
            entry->number = llround(member->valuedouble * 10000);
        } else if (cJSON_IsBool(member)) {
            entry->kind = SOTTO_ACCOUNT_TRUTH;
            entry->number = cJSON_IsTrue(member);
        } else {
            return cli_replay_bad(reader, "\"account.%s\" is no text, number or truth",
                                  member->string);
        }
    }
    return true;
}

static bool read_page(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    static const char *const devices[] = {"phone", "tablet", "desktop"};
    cli_replay_page *page = &line->page;
    if (!need_text(reader, json, "page", &line->text)
        || !read_text(reader, json, "type", &page->type)
        || !read_text(reader, json, "category", &page->category)
        || !read_text(reader, json, "query", &page->query)
        || !read_text(reader, json, "referrer", &page->referrer)
        || !read_text(reader, json, "device", &page->device)
        || !read_text(reader, json, "language", &page->language)
        || !read_text(reader, json, "timezone", &page->timezone)
        || !read_account(reader, json, page)) {
        return false;
    }
    if (page->device && choose(reader, "device", page->device, devices, 3) < 0) {
        return false;
    }
    if (page->category) {
        sotto_text text = {page->category, strlen(page->category)};
        page->category = cli_category_path(reader->pool, text).bytes;
    }
    const cJSON *touch = cJSON_GetObjectItemCaseSensitive(json, "touch");
    const cJSON *offset = cJSON_GetObjectItemCaseSensitive(json, "offset");
    if (touch && !cJSON_IsBool(touch)) {
        return cli_replay_bad(reader, "\"touch\" is neither true nor false");
    }
    if (offset && (!cJSON_IsNumber(offset) || fabs(offset->valuedouble) > 900)) {
        return cli_replay_bad(reader, "\"offset\" is no number of minutes from -900 to 900");
    }
    page->touch = touch ? cJSON_IsTrue(touch) : -1;
    page->has_offset = offset != NULL;
    page->offset_min = offset ? (int32_t)offset->valuedouble : 0;
    return read_context(reader, json, line);
}

static bool read_span(const cli_replay_reader *reader, const cJSON *json, const char *key,
                      cli_replay_line *line)
{
    const char *text = NULL;
    return need_text(reader, json, key, &text)
        && (cli_number_read_span(text, &line->amount)
            || cli_replay_bad(reader, "\"%s\" is no span of time such as 20s or 10m", key));
}

static bool read_wait(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    return read_span(reader, json, "wait", line);
}

static bool read_stay(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    return read_span(reader, json, "stay", line);
}

static bool read_scroll(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    const cJSON *scroll = cJSON_GetObjectItemCaseSensitive(json, "scroll");
    if (!cJSON_IsNumber(scroll) || scroll->valuedouble < 0 || scroll->valuedouble > 100) {
        return cli_replay_bad(reader, "\"scroll\" is no percentage from 0 to 100");
    }
    line->amount = (uint32_t)scroll->valuedouble;
    return true;
}

static bool read_signal(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    static const char *const signals[] = {"exit", "no_results"};
    if (!need_text(reader, json, "signal", &line->text)) {
        return false;
    }
    int signal = choose(reader, "signal", line->text, signals, 2);
    line->amount = signal < 0 ? 0 : 1u << signal;
    return signal >= 0;
}

static bool read_happens(const cli_replay_reader *reader, const cJSON *json,
                         cli_replay_line *line)
{
    return need_text(reader, json, "event", &line->text);
}

/* ---- What became of campaigns ---------------------------------------------------------------- */

static bool read_campaign(const cli_replay_reader *reader, const cJSON *json,
                          cli_replay_line *line)
{
    static const char *const deeds[] = {"dismissed", "clicked"};
    const char *deed = NULL;
    if (!need_text(reader, json, "campaign", &line->about)
        || !need_text(reader, json, "did", &deed)) {
        return false;
    }
    int choice = choose(reader, "did", deed, deeds, 2);
    line->told = choice == 0 ? SOTTO_CAMPAIGN_DISMISS : SOTTO_CAMPAIGN_CLICK;
    return choice >= 0;
}

static bool read_redeem(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    line->told = SOTTO_REDEEMED;
    return need_text(reader, json, "redeem", &line->about);
}

static bool read_answer(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    line->told = SOTTO_ANSWER;
    return need_text(reader, json, "question", &line->about)
        && need_text(reader, json, "answer", &line->value);
}

static bool read_win(const cli_replay_reader *reader, const cJSON *json, cli_replay_line *line)
{
    line->told = SOTTO_WIN;
    return need_text(reader, json, "win", &line->about);
}

const cli_replay_form cli_replay_forms[] = {
    {"kind", CLI_REPLAY_EVENT, read_event, {"item", "category", "quantity", "results"}},
    {"ask", CLI_REPLAY_ASK, read_ask, {"items", "cart"}},
    {"page", CLI_REPLAY_PAGE, read_page,
     {"type", "category", "items", "cart", "query", "referrer", "device", "touch", "language",
      "timezone", "offset", "account"}},
    {"wait", CLI_REPLAY_WAIT, read_wait, {NULL}},
    {"stay", CLI_REPLAY_STAY, read_stay, {NULL}},
    {"scroll", CLI_REPLAY_SCROLL, read_scroll, {NULL}},
    {"signal", CLI_REPLAY_SIGNAL, read_signal, {NULL}},
    {"event", CLI_REPLAY_HAPPENS, read_happens, {NULL}},
    {"campaign", CLI_REPLAY_TOLD, read_campaign, {"did"}},
    {"redeem", CLI_REPLAY_TOLD, read_redeem, {NULL}},
    {"question", CLI_REPLAY_TOLD, read_answer, {"answer"}},
    {"win", CLI_REPLAY_TOLD, read_win, {NULL}},
};

const size_t cli_replay_form_count = SOTTO_ARRAY_COUNT(cli_replay_forms);
