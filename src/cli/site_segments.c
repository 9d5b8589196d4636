/*
 * site_segments.c - segments, in an order in which each stands behind those it asks for
 *
 * Each expression is compiled twice: first to learn which segments it asks for, then, when their
 * order is known, to say their places. What asks for itself, by whatever way round, is a circle,
 * which is shown.
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <stdio.h>
#include <string.h>

/* A preset is an expression. "%s": the category, or what stands behind the colon, in quotes. */
static const struct {
    const char *name;              /* with a colon: followed by a name */
    const char *when;
    bool        with_category;
} presets[] = {
    {"new", "lifecycle == \"new\"", false},
    {"active", "lifecycle == \"active\"", false},
    {"loyal", "lifecycle == \"loyal\"", false},
    {"at-risk", "lifecycle == \"at-risk\"", false},
    {"lost", "lifecycle == \"lost\"", false},
    {"high-intent",
     "count(cart_add, within: 1d) + count(wishlist, within: 1d) >= 1"
     " or most(view, within: 2d) >= 3",
     false},
    {"bargain-hunter",
     "items(view, within: 30d) >= 4"
     " and 2 * items(view, on_sale: true, within: 30d) >= items(view, within: 30d)",
     false},
    {"category-fan", "interest(category: %s) >= 0.4 and count(view, category: %s) >= 5", true},
    {"rfm:", "rfm == %s", false},
    {"cluster:", "cluster == %s", false},
};

/* A text as a literal of the language. */
static const char *quoted(cli_pool *pool, const char *text)
{
    char *literal = cli_pool_alloc(pool, 2 * strlen(text) + 3, 1);
    char *at = literal;
    *at++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            *at++ = '\\';
        }
        *at++ = *text;
    }
    *at = '"';
    return literal;
}

static bool unknown_preset(const cli_node *preset, const char *word)
{
    const char *names[SOTTO_ARRAY_COUNT(presets)];
    char list[256];
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(presets); i++) {
        const char *name = presets[i].name;
        names[i] = strcmp(name, "rfm:") == 0       ? "rfm:NAME"
                 : strcmp(name, "cluster:") == 0   ? "cluster:NAME"
                                                   : name;
    }
    return cli_node_mistake(preset, cli_nearest(word, names, SOTTO_ARRAY_COUNT(names)),
                            "\"%.64s\" is not one of %s", word,
                            cli_nearest_list(list, sizeof list, names, SOTTO_ARRAY_COUNT(names)));
}

/* The expression of a preset; NULL, with a mistake, if there is none. */
static const char *preset_expression(const cli_node *segment, const cli_node *preset)
{
    cli_node category;
    cli_pool *pool = segment->reader->pool;
    const char *word = cli_node_text(preset, NULL);
    bool has_category = cli_node_get(segment, "category", &category);
    for (size_t i = 0; word && i < SOTTO_ARRAY_COUNT(presets); i++) {
        size_t size = strlen(presets[i].name);
        bool open = presets[i].name[size - 1] == ':';
        if (open ? strncmp(word, presets[i].name, size) != 0 || !word[size]
                 : strcmp(word, presets[i].name) != 0) {
            continue;
        }
        if (has_category != presets[i].with_category) {
            cli_node_mistake(has_category ? &category : segment, NULL,
                             has_category ? "only the preset category-fan has a category"
                                          : "\"category\" is missing: of which category a fan");
            return NULL;
        }
        const char *value = open ? quoted(pool, word + size)
                          : has_category ? quoted(pool, cli_node_short_text(&category, 1024)) : "";
        const char *mark = strstr(presets[i].when, "%s");
        const char *more = mark ? strstr(mark + 2, "%s") : NULL;
        if (!mark) {
            return presets[i].when;
        }
        return cli_pool_print(pool, "%.*s%s%.*s%s%s", (int)(mark - presets[i].when),
                              presets[i].when, value,
                              more ? (int)(more - mark - 2) : (int)strlen(mark + 2), mark + 2,
                              more ? value : "", more ? more + 2 : "");
    }
    if (word) {
        unknown_preset(preset, word);
    }
    return NULL;
}

/* The expression of a segment, and the node its mistakes are told at. */
static const char *expression_of(const cli_node *segment, cli_node *place)
{
    static const char *const keys[] = {"when", "preset", "category"};
    cli_node preset;
    if (!cli_node_object(segment, keys, SOTTO_ARRAY_COUNT(keys))) {
        return NULL;
    }
    bool has_when = cli_node_get(segment, "when", place);
    bool has_preset = cli_node_get(segment, "preset", &preset);
    if (has_when == has_preset) {
        cli_node_mistake(segment, NULL, has_when ? "expected either \"when\" or \"preset\""
                                                 : "\"when\" is missing, an expression (or a "
                                                   "\"preset\")");
        return NULL;
    }
    if (has_when && cli_node_get(segment, "category", &preset)) {
        cli_node_mistake(&preset, NULL, "only the preset category-fan has a category");
        return NULL;
    }
    if (has_when) {
        return cli_node_text(place, NULL);
    }
    *place = preset;
    return preset_expression(segment, &preset);
}

/* ---- Order ----------------------------------------------------------------------------------- */

typedef enum visit { UNSEEN, OPEN, DONE } visit;

typedef struct ordering {
    cli_plan_builder *builder;
    cli_expression   *expressions; /* by segment */
    visit            *visits;
    uint32_t         *places;      /* out: where each segment stands */
    uint32_t         *way;         /* the segments that are open, and how far each has been asked */
    uint32_t         *asked;
    uint32_t          way_count, placed;
} ordering;

/* The open segments from `first` on are a circle. */
static bool refuse_circle(const ordering *order, uint32_t first)
{
    const char *const *names = order->builder->scope.segments.names;
    char circle[768] = "";
    size_t used = 0;
    uint32_t start = 0;
    while (order->way[start] != first) {
        start++;
    }
    for (uint32_t i = start; i < order->way_count && used < 600; i++) {
        used += (size_t)snprintf(circle + used, sizeof circle - used, "%s -> ",
                                 names[order->way[i]]);
    }
    snprintf(circle + used, sizeof circle - used, "%s", used < 600 ? names[first] : "...");
    return cli_node_mistake(&order->builder->segment_nodes[first], NULL,
                            "segments ask for each other in a circle: %s", circle);
}

/* Places a segment behind all it asks for; a loop, since a chain may be 256 long. */
static bool place_segment(ordering *order, uint32_t segment)
{
    order->way[0] = segment;
    order->asked[0] = 0;
    order->way_count = 1;
    order->visits[segment] = OPEN;
    while (order->way_count > 0) {
        uint32_t top = order->way_count - 1;
        const cli_expression *expression = &order->expressions[order->way[top]];
        if (order->asked[top] == expression->segment_count) {
            order->places[order->way[top]] = order->placed++;
            order->visits[order->way[top]] = DONE;
            order->way_count--;
            continue;
        }
        uint32_t next = expression->segments[order->asked[top]++];
        if (order->visits[next] == OPEN) {
            return refuse_circle(order, next);
        }
        if (order->visits[next] == UNSEEN) {
            order->visits[next] = OPEN;
            order->way[order->way_count] = next;
            order->asked[order->way_count++] = 0;
        }
    }
    return true;
}

static bool order_segments(cli_plan_builder *builder, cli_expression *expressions,
                           uint32_t *places)
{
    uint32_t count = builder->scope.segments.count;
    cli_pool *pool = builder->memory;
    ordering order = {
        .builder = builder,
        .expressions = expressions,
        .visits = cli_pool_alloc(pool, count + 1, sizeof(visit)),
        .places = places,
        .way = cli_pool_alloc(pool, count + 1, sizeof(uint32_t)),
        .asked = cli_pool_alloc(pool, count + 1, sizeof(uint32_t)),
    };
    bool good = true;
    for (uint32_t i = 0; i < count && good; i++) {
        good = order.visits[i] != UNSEEN || place_segment(&order, i);
    }
    return good;
}

/* Compiled again, now that all places are known. What was said of it has been said. */
static void fill_segments(cli_plan_builder *builder, const char *const *texts,
                          const uint32_t *places)
{
    uint32_t count = builder->scope.segments.count;
    builder->scope.segment_places = places;
    for (uint32_t i = 0; i < count; i++) {
        cli_expression expression;
        sotto_segment_content *segment = &builder->segments[places[i]];
        cli_expression_compile(&builder->scope, texts[i], strlen(texts[i]), &expression);
        segment->name = cli_plan_string(builder, &builder->segment_nodes[i],
                                        builder->scope.segments.names[i]);
        segment->program = (sotto_program_content){expression.bytes, expression.size};
    }
}

/* A preset names what there is: what an expression is only warned of is a mistake of a preset. */
static bool compile_preset(cli_plan_builder *builder, const cli_node *place, const char *text,
                           cli_expression *expression)
{
    cli_expression tried;
    cli_expression_compile(&builder->scope, text, strlen(text), &tried);
    if (tried.note_count) {
        return cli_node_mistake(place, tried.notes[0].near, "%s", tried.notes[0].what);
    }
    return cli_plan_compile(builder, place, text, expression);
}

void cli_plan_read_segments(cli_plan_builder *builder, const cli_node *segments)
{
    uint32_t count = builder->scope.segments.count;
    cli_expression *expressions = cli_pool_alloc(builder->memory, count + 1, sizeof *expressions);
    const char **texts = cli_pool_alloc(builder->memory, count + 1, sizeof *texts);
    uint32_t *places = cli_pool_alloc(builder->memory, count + 1, sizeof *places);
    bool good = true;
    (void)segments;
    builder->segments = cli_pool_alloc(builder->memory, count + 1, sizeof *builder->segments);
    for (uint32_t i = 0; i < count; i++) {
        cli_node place;
        texts[i] = expression_of(&builder->segment_nodes[i], &place);
        good = texts[i]
            && (strcmp(place.key, "preset") == 0
                    ? compile_preset(builder, &place, texts[i], &expressions[i])
                    : cli_plan_compile(builder, &place, texts[i], &expressions[i])) && good;
        for (uint32_t j = 0; j < expressions[i].segment_count; j++) {
            builder->segment_used[expressions[i].segments[j]] |= expressions[i].segments[j] != i;
        }
    }
    if (good && order_segments(builder, expressions, places)) {
        fill_segments(builder, texts, places);
    }
}
