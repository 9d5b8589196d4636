/*
 * site_experiments.c - experiments: arms and their weights, layers, bandits
 *
 * Experiments of one layer share a namespace: each takes the next part of it, as wide as its share,
 * so that a shopper is in one of them at most.
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <math.h>
#include <string.h>

#define KNOWN_MOST 1000000000u

/* How much of each layer is taken; layers are told apart by their names. */
typedef struct layer_shares {
    const char *names[SOTTO_MAX_EXPERIMENTS];
    uint32_t    taken[SOTTO_MAX_EXPERIMENTS];
    uint32_t    count;
} layer_shares;

static void read_arms(cli_plan_builder *builder, const cli_node *experiment,
                      sotto_experiment_content *content)
{
    cli_node arms;
    if (!cli_node_need(experiment, "arms", &arms)) {
        return;
    }
    uint32_t count = cJSON_IsObject(arms.json) ? (uint32_t)cJSON_GetArraySize(arms.json) : 0;
    if (count < 2 || count > SOTTO_MAX_ARMS) {
        cli_node_mistake(&arms, NULL, "expected an object from 2 to %u names to their weights in "
                                      "percent", SOTTO_MAX_ARMS);
        return;
    }
    cli_node_unique(&arms);
    const cJSON *at = NULL;
    cli_node arm;
    uint32_t total = 0;
    size_t mistakes = experiment->reader->mistakes->count;
    while (cli_node_next(&arms, &at, &arm)) {
        cli_node_named(&arm);
        sotto_arm_content *next = &content->arms[content->arm_count++];
        next->name = cli_plan_string(builder, &arm, arm.key);
        next->weight = cli_member_share(&arms, arm.key, 0);
        next->won = next->lost = 1;
        total += next->weight;
    }
    if (total != SOTTO_PLAN_WHOLE && experiment->reader->mistakes->count == mistakes) {
        cli_node_mistake(&arms, NULL, "the weights sum to %g, expected 100", total / 100.0);
    }
}

/* ---- Bandits --------------------------------------------------------------------------------- */

static uint32_t arm_of(const cli_plan_builder *builder, const sotto_experiment_content *content,
                       const char *name)
{
    uint32_t arm = 0;
    while (arm < content->arm_count
           && strcmp(builder->pool.strings[content->arms[arm].name].bytes, name) != 0) {
        arm++;
    }
    return arm;
}

/* What is known is scaled down, so that the device can still learn: 1 to 128 each. */
static void set_known(sotto_arm_content *arm, uint32_t won, uint32_t lost)
{
    double most = won > lost ? won : lost;
    double limit = (double)SOTTO_PLAN_MAX_KNOWN;
    double factor = most > limit ? limit / most : 1;
    arm->won = (uint32_t)floor(won * factor + 0.5);
    arm->lost = (uint32_t)floor(lost * factor + 0.5);
    arm->won = arm->won ? arm->won : 1;
    arm->lost = arm->lost ? arm->lost : 1;
}

static void read_known(const cli_plan_builder *builder, const cli_node *experiment,
                       sotto_experiment_content *content)
{
    static const char *const keys[] = {"won", "lost"};
    cli_node known;
    if (!cli_node_get(experiment, "known", &known)) {
        return;
    }
    if (content->allocation == SOTTO_FIXED) {
        cli_node_mistake(&known, NULL, "only epsilon-greedy and thompson use what is known");
    }
    const char *names[SOTTO_MAX_ARMS];
    for (uint32_t i = 0; i < content->arm_count; i++) {
        names[i] = builder->pool.strings[content->arms[i].name].bytes;
    }
    if (!cli_node_object(&known, names, content->arm_count)) {
        return;
    }
    const cJSON *at = NULL;
    cli_node arm;
    while (cli_node_next(&known, &at, &arm)) {
        uint32_t index = arm_of(builder, content, arm.key);
        if (index < content->arm_count && cli_node_object(&arm, keys, SOTTO_ARRAY_COUNT(keys))) {
            set_known(&content->arms[index], cli_member_number(&arm, "won", 0, KNOWN_MOST, 1),
                      cli_member_number(&arm, "lost", 0, KNOWN_MOST, 1));
        }
    }
}

static void read_allocation(const cli_plan_builder *builder, const cli_node *experiment,
                            sotto_experiment_content *content)
{
    static const char *const names[] = {"fixed", "epsilon-greedy", "thompson"};
    static const char *const wins[] = {"click", "purchase", "call"};
    cli_node member;
    if (cli_node_get(experiment, "allocation", &member)) {
        content->allocation =
            (uint32_t)cli_node_choice(&member, names, SOTTO_ARRAY_COUNT(names))
            % SOTTO_ARRAY_COUNT(names);
    }
    if (cli_node_get(experiment, "wins", &member)) {
        content->win_by = (uint32_t)cli_node_choice(&member, wins, SOTTO_ARRAY_COUNT(wins))
                        % SOTTO_ARRAY_COUNT(wins);
    }
    if (content->allocation == SOTTO_EPSILON_GREEDY) {
        content->epsilon = cli_member_share(experiment, "epsilon", 1000);
    } else if (cli_node_get(experiment, "epsilon", &member)) {
        cli_node_mistake(&member, NULL, "only the allocation epsilon-greedy has an epsilon");
    }
    read_known(builder, experiment, content);
}

/* ---- Namespaces ------------------------------------------------------------------------------ */

static void read_layer(cli_plan_builder *builder, const cli_node *experiment,
                       const cli_node *layer, layer_shares *all, sotto_experiment_content *content)
{
    cli_node share;
    const char *name = cli_node_short_text(layer, 64);
    uint32_t index = 0;
    if (!cli_node_need(experiment, "share", &share)) {
        return;
    }
    while (index < all->count && strcmp(all->names[index], name) != 0) {
        index++;
    }
    if (index == all->count) {
        all->names[all->count++] = name;
    }
    uint32_t width = cli_member_share(experiment, "share", 0);
    content->has_space = true;
    content->space = cli_plan_string(builder, layer, name);
    content->space_from = all->taken[index];
    all->taken[index] += width;
    content->space_to = all->taken[index];
    if (all->taken[index] > SOTTO_PLAN_WHOLE) {
        cli_node_mistake(&share, NULL, "the shares of layer \"%.64s\" sum to %g up to here, "
                                       "expected at most 100", name, all->taken[index] / 100.0);
    }
}

static void read_namespace(cli_plan_builder *builder, const cli_node *space,
                           sotto_experiment_content *content)
{
    static const char *const keys[] = {"name", "from", "to"};
    cli_node name;
    if (!cli_node_object(space, keys, SOTTO_ARRAY_COUNT(keys))
        || !cli_node_need(space, "name", &name)) {
        return;
    }
    content->has_space = true;
    content->space = cli_plan_string(builder, &name, cli_node_short_text(&name, 64));
    double whole = (double)SOTTO_PLAN_WHOLE;
    content->space_from = (uint32_t)lround(cli_member_real(space, "from", 0, 1, 0) * whole);
    content->space_to = (uint32_t)lround(cli_member_real(space, "to", 0, 1, 1) * whole);
    if (content->space_from >= content->space_to) {
        cli_node_mistake(space, NULL, "\"to\" is not above \"from\": nobody is in it");
    }
}

static void read_space(cli_plan_builder *builder, const cli_node *experiment, layer_shares *all,
                       sotto_experiment_content *content)
{
    cli_node layer;
    cli_node space;
    bool has_layer = cli_node_get(experiment, "layer", &layer);
    bool has_space = cli_node_get(experiment, "namespace", &space);
    if (has_layer && has_space) {
        cli_node_mistake(&space, NULL, "expected either \"layer\" or \"namespace\"");
    } else if (has_layer) {
        read_layer(builder, experiment, &layer, all, content);
    } else if (has_space) {
        read_namespace(builder, &space, content);
    }
    if (!has_layer && cli_node_get(experiment, "share", &layer)) {
        cli_node_mistake(&layer, NULL, "\"share\" needs a \"layer\", of which it is one");
    }
}

static void read_experiment(cli_plan_builder *builder, const cli_node *experiment, layer_shares *all,
                            sotto_experiment_content *content)
{
    static const char *const keys[] = {
        "arms", "coverage", "layer", "share", "namespace", "seed", "hash_version", "allocation",
        "epsilon", "known", "wins",
    };
    cli_node seed;
    content->name = cli_plan_string(builder, experiment, experiment->key);
    content->hash_version = 2;
    if (!cli_node_object(experiment, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    read_arms(builder, experiment, content);
    content->coverage = cli_member_share(experiment, "coverage", SOTTO_PLAN_WHOLE);
    content->hash_version = cli_member_number(experiment, "hash_version", 1, 2, 2);
    if (cli_node_get(experiment, "seed", &seed)) {
        const char *text = cli_node_short_text(&seed, 256);
        content->seed = strcmp(text, experiment->key) == 0 ? 0
                                                           : cli_plan_string(builder, &seed, text);
    }
    read_space(builder, experiment, all, content);
    read_allocation(builder, experiment, content);
}

void cli_plan_read_experiments(cli_plan_builder *builder, const cli_node *experiments)
{
    uint32_t count = builder->experiments.count;
    layer_shares all = {.count = 0};
    (void)experiments;
    builder->experiment_list =
        cli_pool_alloc(builder->memory, count + 1, sizeof *builder->experiment_list);
    for (uint32_t i = 0; i < count; i++) {
        read_experiment(builder, &builder->experiment_nodes[i], &all,
                        &builder->experiment_list[i]);
    }
}
