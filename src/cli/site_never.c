/*
 * site_never.c - conditions that contradict each other
 *
 *     cart.total > 50 and cart.total < 40          page.type == 'home' and page.type == 'cart'
 *     segment('new') and orders >= 1               (where new is: orders == 0)
 *
 * Each half is good for itself, so nothing refuses them, and the campaign never shows. What is looked
 * at is what people write: comparisons of one thing with a number or a text, joined by `and`, and the
 * segments among them, which are read in turn. The same thing is the same words: one moment gives
 * them one value. Two such comparisons contradict each other if nothing is in both. Where an `or` or a
 * bracket comes in, that part is passed over: a warning here is always true, and none promises nothing.
 */
#include "cli/site_plan.h"

#include "cli/expression_lex.h"

#include <string.h>

#define CONDITIONS_MOST 64
#define DEEPEST      8        /* segments within segments */
#define READ_MOST    256      /* texts for one condition: the same segment may be asked for anew */
#define WORDS_MOST   1024

typedef struct condition {
    sotto_text     whole;     /* as it is written */
    sotto_text     subject;   /* what is compared, without blanks */
    cli_token_kind operator;
    bool           is_text;
    int64_t        number;
    sotto_text     text;
} condition;

typedef struct sentence {
    cli_token   list[WORDS_MOST];
    uint32_t    count;
    const char *source;
} sentence;

typedef struct conditions {
    const cli_plan_builder *builder;
    condition               list[CONDITIONS_MOST];
    uint32_t                count, read;
    sentence                sentences[DEEPEST]; /* one for each segment that is being read */
} conditions;

static bool is_comparison(cli_token_kind kind)
{
    return kind == CLI_TOKEN_EQUAL || kind == CLI_TOKEN_UNEQUAL || kind == CLI_TOKEN_LESS
        || kind == CLI_TOKEN_AT_MOST || kind == CLI_TOKEN_MORE || kind == CLI_TOKEN_AT_LEAST;
}

/* The words from `from` to `to` without the blanks between them. */
static sotto_text joined(cli_pool *pool, const sentence *words, uint32_t from, uint32_t to)
{
    size_t size = 0;
    size_t room = words->list[to - 1].at + words->list[to - 1].size - words->list[from].at;
    char *text = cli_pool_alloc(pool, room + to - from, 1);
    for (uint32_t i = from; i < to; i++) {
        const cli_token *word = &words->list[i];
        memcpy(text + size, words->source + word->at, word->size);
        size += word->size;
        text[size++] = ' ';
    }
    return (sotto_text){text, size};
}

/* One comparison, from one `and` to the next; nothing if it is another thing. */
static void read_condition(conditions *all, const sentence *words, uint32_t from, uint32_t to)
{
    cli_pool *pool = all->builder->memory;
    const cli_token *last = &words->list[to - 1];
    if (to - from < 3 || all->count == CONDITIONS_MOST || !is_comparison(words->list[to - 2].kind)
        || (last->kind != CLI_TOKEN_NUMBER && last->kind != CLI_TOKEN_TEXT)) {
        return;
    }
    for (uint32_t i = from; i + 2 < to; i++) {
        cli_token_kind kind = words->list[i].kind;
        if (kind == CLI_TOKEN_NOT || kind == CLI_TOKEN_OR || is_comparison(kind)) {
            return;
        }
    }
    size_t begin = words->list[from].at;
    all->list[all->count++] = (condition){
        .whole = {words->source + begin, last->at + last->size - begin},
        .subject = joined(pool, words, from, to - 2),
        .operator = words->list[to - 2].kind,
        .is_text = last->kind == CLI_TOKEN_TEXT,
        .number = last->number,
        .text = last->text,
    };
}

static const char *segment_text(const cli_plan_builder *builder, sotto_text name)
{
    cli_node when;
    const cli_expression_names *names = &builder->scope.segments;
    for (uint32_t i = 0; i < names->count; i++) {
        if (strlen(names->names[i]) == name.size && memcmp(names->names[i], name.bytes, name.size) == 0
            && cJSON_IsObject(builder->segment_nodes[i].json)
            && cli_node_get(&builder->segment_nodes[i], "when", &when)
            && cJSON_IsString(when.json)) {
            return when.json->valuestring;
        }
    }
    return NULL;
}

static void read_all(conditions *all, const char *text, unsigned depth);

static void read_between(conditions *all, const sentence *words, uint32_t from, uint32_t to, unsigned depth)
{
    static const char segment[] = "segment";
    const cli_token *word = &words->list[from];
    bool is_segment = to - from == 4 && word->kind == CLI_TOKEN_NAME
                   && word->size == strlen(segment)
                   && memcmp(words->source + word->at, segment, word->size) == 0
                   && word[2].kind == CLI_TOKEN_TEXT;
    const char *inner = is_segment ? segment_text(all->builder, word[2].text) : NULL;
    if (inner) {
        read_all(all, inner, depth + 1);
    } else if (to > from) {
        read_condition(all, words, from, to);
    }
}

/* Whether all of it is parts joined by `and`, no `or` among them outside brackets. */
static bool read_words(cli_pool *pool, const char *text, sentence *words)
{
    int open = 0;
    cli_lexer lexer = {pool, text, strlen(text), 0};
    words->source = text;
    for (words->count = 0; words->count < WORDS_MOST;) {
        cli_token word = cli_lex(&lexer);
        if (word.kind == CLI_TOKEN_END) {
            return true;
        }
        open += word.kind == CLI_TOKEN_OPEN;
        open -= word.kind == CLI_TOKEN_CLOSE;
        if (word.kind == CLI_TOKEN_BAD || (word.kind == CLI_TOKEN_OR && open == 0)) {
            return false;
        }
        words->list[words->count++] = word;
    }
    return false;
}

static void read_all(conditions *all, const char *text, unsigned depth)
{
    uint32_t from = 0;
    int open = 0;
    if (depth == DEEPEST || all->read == READ_MOST
        || !read_words(all->builder->memory, text, &all->sentences[depth])) {
        return;
    }
    const sentence *words = &all->sentences[depth];
    all->read++;
    for (uint32_t i = 0; i < words->count; i++) {
        cli_token_kind kind = words->list[i].kind;
        open += kind == CLI_TOKEN_OPEN;
        open -= kind == CLI_TOKEN_CLOSE;
        if (kind == CLI_TOKEN_AND && open == 0) {
            read_between(all, words, from, i, depth);
            from = i + 1;
        }
    }
    read_between(all, words, from, words->count, depth);
}

static bool holds(int64_t value, const condition *one)
{
    switch (one->operator) {
    case CLI_TOKEN_EQUAL:
        return value == one->number;
    case CLI_TOKEN_UNEQUAL:
        return value != one->number;
    case CLI_TOKEN_LESS:
        return value < one->number;
    case CLI_TOKEN_AT_MOST:
        return value <= one->number;
    case CLI_TOKEN_MORE:
        return value > one->number;
    default:
        return value >= one->number;
    }
}

/*
 * Whether nothing is in both. Each is a ray, a point or all but a point: if anything is in both, then
 * one of the two ends is, or what lies right beside one.
 */
static bool contradict(const condition *a, const condition *b)
{
    if (a->is_text != b->is_text || a->subject.size != b->subject.size
        || memcmp(a->subject.bytes, b->subject.bytes, a->subject.size) != 0) {
        return false;
    }
    if (a->is_text) {
        bool same = a->text.size == b->text.size
                 && memcmp(a->text.bytes, b->text.bytes, a->text.size) == 0;
        bool both = a->operator == CLI_TOKEN_EQUAL && b->operator == CLI_TOKEN_EQUAL;
        bool one = (a->operator == CLI_TOKEN_EQUAL && b->operator == CLI_TOKEN_UNEQUAL)
                || (a->operator == CLI_TOKEN_UNEQUAL && b->operator == CLI_TOKEN_EQUAL);
        return (both && !same) || (one && same);
    }
    for (int64_t beside = -1; beside <= 1; beside++) {
        if ((holds(a->number + beside, a) && holds(a->number + beside, b))
            || (holds(b->number + beside, a) && holds(b->number + beside, b))) {
            return false;
        }
    }
    return true;
}

static void lint_node(conditions *all, const cli_node *node)
{
    cli_node when;
    if (!cJSON_IsObject(node->json) || !cli_node_get(node, "when", &when)
        || !cJSON_IsString(when.json)) {
        return;
    }
    all->count = all->read = 0;
    read_all(all, when.json->valuestring, 0);
    for (uint32_t i = 1; i < all->count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const condition *a = &all->list[j];
            const condition *b = &all->list[i];
            if (contradict(a, b)) {
                cli_node_warning(&when, NULL, "is never so: \"%.*s\" and \"%.*s\" cannot both be",
                                 (int)a->whole.size, a->whole.bytes, (int)b->whole.size,
                                 b->whole.bytes);
                return;
            }
        }
    }
}

void cli_plan_lint_never(const cli_plan_builder *builder)
{
    conditions *all = cli_pool_alloc(builder->memory, 1, sizeof *all);
    all->builder = builder;
    for (uint32_t i = 0; i < builder->scope.segments.count; i++) {
        lint_node(all, &builder->segment_nodes[i]);
    }
    for (uint32_t i = 0; i < builder->scope.campaigns.count; i++) {
        lint_node(all, &builder->campaign_nodes[i]);
    }
}
