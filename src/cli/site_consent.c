/*
 * site_consent.c - whose word on consent counts, from the site file
 *
 * What the page needs of it is compiled into the campaigns. Where there is nothing to say there is
 * no section, and the shop's own code asks.
 */
#include "cli/site_node.h"

#include "base/hash.h"
#include "model/consent.h"

#include <stdio.h>
#include <string.h>

static const char *const purposes[SOTTO_CONSENT_PURPOSES] = {"store", "personalise", "measure"};

static sotto_string text_of(const char *text)
{
    return (sotto_string){text, strlen(text)};
}

/* One that there is not stands for the one that has all the keys, so that they are not mistakes too. */
static uint32_t read_source(const cli_node *consent)
{
    const char *names[SOTTO_CONSENT_LAST_SOURCE + 1];
    cli_node source;
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(names); i++) {
        names[i] = sotto_consent_source_name(i);
    }
    size_t choice = SOTTO_CONSENT_API;
    if (cli_node_get(consent, "source", &source)) {
        choice = cli_node_choice(&source, names, SOTTO_ARRAY_COUNT(names));
    }
    return choice < SOTTO_ARRAY_COUNT(names) ? (uint32_t)choice : SOTTO_CONSENT_TCF;
}

/* What the source calls one purpose. */
static void read_names(const cli_node *list, uint32_t purpose, sotto_consent_content *content)
{
    uint32_t count;
    if (!cli_node_list(list, &count)) {
        return;
    }
    if (count > SOTTO_CONSENT_MAX_NAMES) {
        cli_node_mistake(list, NULL, "%u names, expected at most %u", (unsigned)count,
                         (unsigned)SOTTO_CONSENT_MAX_NAMES);
        return;
    }
    sotto_string *names = cli_pool_alloc(list->reader->pool, count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        cli_node name = cli_node_at(list, i);
        names[i] = text_of(cli_node_text(&name, "-"));
        if (names[i].size < 1 || names[i].size > SOTTO_CONSENT_MAX_NAME_SIZE) {
            cli_node_mistake(&name, NULL, "expected 1 to 64 bytes");
        }
    }
    content->names[purpose] = names;
    content->name_counts[purpose] = count;
}

static void read_purposes(const cli_node *consent, sotto_consent_content *content)
{
    cli_node node;
    cli_node list;
    if (!cli_node_get(consent, "purposes", &node)
        || !cli_node_object(&node, purposes, SOTTO_CONSENT_PURPOSES)) {
        return;
    }
    if (content->source == SOTTO_CONSENT_API) {
        cli_node_mistake(&node, NULL, "the shop's own code names no purposes: \"purposes\" needs "
                                      "another \"source\"");
    }
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
        if (cli_node_get(&node, purposes[i], &list)) {
            read_names(&list, i, content);
        }
    }
}

/* What a page compares the yes that it remembers with, before it opens a profile. */
static uint32_t standing_yes(const sotto_consent_content *content)
{
    char said[CLI_POLICY_MAX_SIZE + 32];
    if (content->flags & SOTTO_CONSENT_EACH_PAGE) {
        return 0;
    }
    snprintf(said, sizeof said, "%s %s", sotto_consent_source_name(content->source),
             content->policy.bytes);
    return sotto_check(said, strlen(said));
}

void cli_site_read_consent(const cli_node *node, cli_site *site)
{
    static const char *const keys[] = {"source", "each_page", "policy", "purposes",
                                       "tcf_purposes"};
    sotto_consent_content *content = cli_pool_alloc(node->reader->pool, 1, sizeof *content);
    cli_node policy;
    cli_node tcf;
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    content->source = read_source(node);
    content->policy = text_of(cli_member_text(node, "policy", ""));
    if (content->policy.size > CLI_POLICY_MAX_SIZE && cli_node_get(node, "policy", &policy)) {
        cli_node_mistake(&policy, NULL, "expected at most %u bytes", CLI_POLICY_MAX_SIZE);
    }
    if (cli_member_bool(node, "each_page", false)) {
        content->flags |= SOTTO_CONSENT_EACH_PAGE;
    }
    if (cli_member_bool(node, "tcf_purposes", false)) {
        content->flags |= SOTTO_CONSENT_TCF_PURPOSES;
        if (content->source != SOTTO_CONSENT_TCF && cli_node_get(node, "tcf_purposes", &tcf)) {
            cli_node_mistake(&tcf, NULL, "only the source tcf has such purposes");
        }
    }
    read_purposes(node, content);
    content->standing_yes = standing_yes(content);
    site->consent = content;
}
