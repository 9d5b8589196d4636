/*
 * site_texts.c - what a campaign says, and where it leads
 *
 * docs/CAMPAIGNS.md section 8. A text is plain to whoever shows it, so markup in it is harmless; an
 * address is not, and may only be one of the web.
 */
#include "cli/site_plan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define TEXT_MAX_SIZE     2000u
#define NAME_MAX_SIZE     64u
#define QUESTION_MAX_SIZE 256u
#define OPTION_MAX_SIZE   128u
#define OPTIONS_MOST      12u

typedef enum field_kind { PLAIN_TEXT, VARIABLES, ADDRESS, PICTURE, IDENTIFIER, NAME } field_kind;

enum { FIELD_URL = 4, FIELD_QUESTION = 10, FIELD_OPTIONS = 11, FIELD_HAND_OFF = 12 };

/* By their keys. Question, options and hand-off are read by themselves. */
static const struct {
    const char *name;
    field_kind  kind;
} fields[] = {
    [1] = {"heading", VARIABLES}, [2] = {"text", VARIABLES},    [3] = {"button", VARIABLES},
    [4] = {"url", ADDRESS},       [5] = {"image", PICTURE},     [6] = {"alt", VARIABLES},
    [7] = {"close", VARIABLES},   [8] = {"notice", VARIABLES},  [9] = {"template", IDENTIFIER},
    [10] = {"question", PLAIN_TEXT}, [11] = {"options", PLAIN_TEXT},
    [12] = {"hand_off", PLAIN_TEXT}, [13] = {"thanks", VARIABLES}, [14] = {"tone", NAME},
};

#define FIELD_COUNT (uint32_t)SOTTO_ARRAY_COUNT(fields)

const char *cli_plan_field_name(uint32_t key)
{
    return key < FIELD_COUNT ? fields[key].name : NULL;
}

const char *cli_plan_field(const cli_plan_builder *builder, const sotto_campaign_content *content,
                           uint32_t key)
{
    for (uint32_t i = 0; i < content->field_count; i++) {
        if (content->fields[i].key == key) {
            return builder->pool.strings[content->fields[i].value].bytes;
        }
    }
    return "";
}

/* ---- Addresses ------------------------------------------------------------------------------- */

bool cli_plan_check_address(const cli_node *node, const char *address, bool secure)
{
    sotto_text text = {address, strlen(address)};
    size_t scheme = strcspn(address, ":/?#");
    if (!cJSON_IsString(node->json)) {
        return false;
    }
    if (!address[0]) {
        return cli_node_mistake(node, NULL, "expected an address such as /boots");
    }
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)address[i] <= ' ' || address[i] == '\\' || address[i] == 0x7F) {
            return cli_node_mistake_in(node, text, i, 1, NULL,
                                       "an address has no blanks, control characters or \\");
        }
    }
    if (address[scheme] != ':' || (scheme == 5 && strncasecmp(address, "https", 5) == 0)
        || (!secure && scheme == 4 && strncasecmp(address, "http", 4) == 0)) {
        return true;
    }
    return cli_node_mistake_in(node, text, 0, scheme + 1, NULL, secure
                                   ? "expected an address of https, or a relative one such as "
                                     "/notify"
                                   : "expected an address of https or http, or a relative one such "
                                     "as /boots");
}

/* ---- Fields ---------------------------------------------------------------------------------- */

typedef struct field_list {
    sotto_field_content list[SOTTO_ARRAY_COUNT(fields)];
    uint32_t            count;
} field_list;

static bool is_identifier(const char *text, size_t size)
{
    return size >= 1 && size <= NAME_MAX_SIZE && !strpbrk(text, " \t\r\n\f\"'<>")
        && isalnum((unsigned char)text[0]);
}

static void check_field(cli_plan_builder *builder, const cli_node *member, field_kind kind,
                        const char *text, const sotto_campaign_content *content)
{
    size_t size = strlen(text);
    switch (kind) {
    case VARIABLES:
        cli_plan_check_message(builder, member, content, text);
        break;
    case ADDRESS:
    case PICTURE:
        cli_plan_check_address(member, text, false);
        break;
    case IDENTIFIER:
        if (!is_identifier(text, size)) {
            cli_node_mistake(member, NULL, "expected the id of a <template>");
        }
        break;
    case NAME:
        if (!size || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != size
            || size > NAME_MAX_SIZE) {
            cli_node_mistake(member, NULL, "expected a name such as plain or accent");
        }
        break;
    case PLAIN_TEXT:
        break;
    }
}

static void read_field(cli_plan_builder *builder, const cli_node *campaign, uint32_t key,
                       const sotto_campaign_content *content, field_list *list)
{
    cli_node member;
    if (!cli_node_get(campaign, fields[key].name, &member)) {
        return;
    }
    const char *text = cli_node_text(&member, "");
    if (!cJSON_IsString(member.json)) {
        return;
    }
    if (strlen(text) > TEXT_MAX_SIZE) {
        cli_node_mistake(&member, NULL, "%zu bytes, expected at most %u", strlen(text),
                         TEXT_MAX_SIZE);
        return;
    }
    check_field(builder, &member, fields[key].kind, text, content);
    if (text[0]) {
        list->list[list->count++] =
            (sotto_field_content){key, cli_plan_string(builder, &member, text)};
    }
}

/* The answers, with a zero byte after each. */
static void read_options(cli_plan_builder *builder, const cli_node *options, field_list *list)
{
    char joined[OPTIONS_MOST * (OPTION_MAX_SIZE + 1)];
    size_t size = 0;
    uint32_t count;
    if (!cli_node_list(options, &count)) {
        return;
    }
    if (count < 2 || count > OPTIONS_MOST) {
        cli_node_mistake(options, NULL, "expected 2 to %u answers, found %u", OPTIONS_MOST, count);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        cli_node option = cli_node_at(options, i);
        const char *text = cli_node_short_text(&option, OPTION_MAX_SIZE);
        size_t length = strlen(text) > OPTION_MAX_SIZE ? OPTION_MAX_SIZE : strlen(text);
        for (size_t at = 0; at < size; at += strlen(joined + at) + 1) {
            if (strcmp(joined + at, text) == 0) {
                cli_node_mistake(&option, NULL, "the answer stands twice");
            }
        }
        memcpy(joined + size, text, length);
        joined[size + length] = '\0';
        size += length + 1;
    }
    list->list[list->count++] = (sotto_field_content){
        FIELD_OPTIONS, cli_plan_pool_string(&builder->pool, joined, size),
    };
}

static void read_quiz(cli_plan_builder *builder, const cli_node *campaign,
                      const sotto_campaign_content *content, field_list *list)
{
    cli_node question;
    cli_node options;
    bool has_question = cli_node_get(campaign, "question", &question);
    bool has_options = cli_node_get(campaign, "options", &options);
    if (content->block != SOTTO_QUIZ) {
        if (has_question || has_options) {
            cli_node_mistake(has_question ? &question : &options, NULL,
                             "only the block quiz asks a question");
        }
        return;
    }
    if (cli_node_need(campaign, "question", &question)) {
        const char *text = cli_node_short_text(&question, QUESTION_MAX_SIZE);
        list->list[list->count++] =
            (sotto_field_content){FIELD_QUESTION, cli_plan_string(builder, &question, text)};
    }
    if (cli_node_need(campaign, "options", &options)) {
        read_options(builder, &options, list);
    }
}

static void read_hand_off(cli_plan_builder *builder, const cli_node *campaign, field_list *list)
{
    cli_node member;
    if (!cli_node_get(campaign, "hand_off", &member)) {
        return;
    }
    uint32_t index = cli_node_reference(&member, "hand-off", &builder->hand_offs);
    if (index != SOTTO_NONE) {
        builder->hand_off_used[index] = true;
        list->list[list->count++] = (sotto_field_content){
            FIELD_HAND_OFF, cli_plan_string(builder, &member, builder->hand_offs.names[index]),
        };
    }
}

void cli_plan_read_texts(cli_plan_builder *builder, const cli_node *campaign,
                         sotto_campaign_content *content)
{
    field_list list = {.count = 0};
    for (uint32_t key = 1; key < FIELD_COUNT; key++) {
        if (key != FIELD_QUESTION && key != FIELD_OPTIONS && key != FIELD_HAND_OFF) {
            read_field(builder, campaign, key, content, &list);
        }
    }
    read_quiz(builder, campaign, content, &list);
    read_hand_off(builder, campaign, &list);
    if (list.count) {
        sotto_field_content *kept = cli_pool_alloc(builder->memory, list.count, sizeof *kept);
        memcpy(kept, list.list, list.count * sizeof *kept);
        content->fields = kept;
        content->field_count = list.count;
    }
}
