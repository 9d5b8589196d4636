/*
 * Site plan - segments, campaigns and what they name, from the site file to what the writer takes
 *
 *     site_plan.c            names first, then each part; expressions compiled
 *     site_segments.c        segments, in an order in which each stands behind those it asks for
 *     site_experiments.c     arms, layers, bandits
 *     site_offers.c          offers and hand-offs
 *     site_campaign_rules.c  what holds for all; account, clusters
 *     site_campaigns.c       campaigns
 *     site_triggers.c        when they fire
 *     site_texts.c           what they say, and where they lead
 *     site_message.c         texts with variables
 *     site_lints.c           what may not be meant
 *     site_never.c           conditions that contradict each other
 *
 * All names are known before the first thing is read, so that it does not matter which stands first.
 *
 * memory    All of it is the pool's.
 */
#ifndef SOTTO_CLI_SITE_PLAN_H
#define SOTTO_CLI_SITE_PLAN_H

#include "cli/expression.h"
#include "cli/site_node.h"
#include "format/layout_plan.h"
#include "format/plan_write.h"

typedef struct cli_plan_builder {
    cli_site            *site;
    cli_pool            *memory;
    cli_plan_pool        pool;
    cli_expression_scope scope;
    cli_expression_names experiments, offers, hand_offs, slots;
    sotto_plan_content  *content;
    cli_named_key       *keys;     /* by key of the pool */

    sotto_segment_content    *segments;
    sotto_experiment_content *experiment_list;
    sotto_offer_content      *offer_list;
    sotto_campaign_content   *campaigns;

    cli_node *segment_nodes, *experiment_nodes, *offer_nodes, *hand_off_nodes, *campaign_nodes;
    bool     *segment_used, *offer_used, *hand_off_used;
    uint32_t *arms_shown;          /* by experiment: a bit for each arm some campaign shows */
    cli_expression_names groups;   /* of campaigns, in the order they are met */
} cli_plan_builder;

/* The number of a string; 0, with a mistake at the node, if it cannot be kept. */
uint32_t cli_plan_string(cli_plan_builder *builder, const cli_node *node, const char *text);

/* Compiles an expression; its notes become mistakes and warnings of the node. */
bool cli_plan_compile(cli_plan_builder *builder, const cli_node *node, const char *text,
                      cli_expression *expression);

/* Keeps where an item, category or brand was named first. */
void cli_plan_name_key(cli_plan_builder *builder, uint32_t key, cli_mistake where);

/*
 * A text that must be one of the names; `what` is "offer", say. Its index, SOTTO_NONE with a mistake
 * if it is none.
 */
uint32_t cli_node_reference(const cli_node *node, const char *what,
                            const cli_expression_names *names);

/* Values that only the plan has. Absent gives the default, quietly. */
uint32_t cli_member_share(const cli_node *object, const char *key, uint32_t otherwise);
uint32_t cli_member_money(const cli_node *object, const char *key, uint32_t decimals);
uint32_t cli_member_date(const cli_node *object, const char *key, bool to_the_end);
bool     cli_member_hours(const cli_node *object, const char *key, uint32_t *from, uint32_t *to);

/* A text of 1 to `most` bytes. */
const char *cli_node_short_text(const cli_node *node, size_t most);

/* The parts. */
void cli_plan_read_segments(cli_plan_builder *builder, const cli_node *segments);
void cli_plan_read_experiments(cli_plan_builder *builder, const cli_node *experiments);
void cli_plan_read_offers(cli_plan_builder *builder, const cli_node *offers);
void cli_plan_read_hand_offs(cli_plan_builder *builder, const cli_node *hand_offs);
void cli_plan_read_rules(cli_plan_builder *builder, const cli_node *rules);
void cli_plan_read_account(cli_plan_builder *builder, const cli_node *account);
void cli_plan_read_clusters(cli_plan_builder *builder, const cli_node *clusters);
void cli_plan_read_campaigns(cli_plan_builder *builder, const cli_node *campaigns);
void cli_plan_read_triggers(cli_plan_builder *builder, const cli_node *campaign,
                            sotto_campaign_content *content);
void cli_plan_read_texts(cli_plan_builder *builder, const cli_node *campaign,
                         sotto_campaign_content *content);
void cli_plan_check_message(cli_plan_builder *builder, const cli_node *node,
                            const sotto_campaign_content *campaign, const char *text);
void cli_plan_lint(cli_plan_builder *builder);
void cli_plan_lint_never(const cli_plan_builder *builder);

/* Whether an address is a web address, or relative; notes it if not. */
bool cli_plan_check_address(const cli_node *node, const char *address, bool secure);

/* The keys of texts, as FORMAT.md 5c numbers them; NULL for none. */
const char *cli_plan_field_name(uint32_t key);

/* A field's text; "" if there is none. */
const char *cli_plan_field(const cli_plan_builder *builder, const sotto_campaign_content *content,
                           uint32_t key);

/* Whether a trigger, or the kind of block, gives a campaign a product to be about. */
bool cli_plan_has_subject(const cli_plan_builder *builder, const sotto_campaign_content *content);

/* Whether it lies over the page and interrupts. */
bool cli_plan_interrupts(const sotto_campaign_content *content);

#endif
