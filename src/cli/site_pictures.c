/*
 * site_pictures.c - whether products' pictures go into the bundle, and how much room they have
 */
#include "cli/site_node.h"

#include "cli/number.h"

/* Every page fetches all of them, and hands them over to be hashed at once: docs/PRIVACY.md has the time. */
#define BUDGET_MOST 4000000u
#define MAX_MOST    1000000u

/* A number of bytes, or a text such as "16KB". */
static uint32_t read_size(const cli_node *object, const char *key, uint32_t most,
                          uint32_t otherwise)
{
    cli_node member;
    uint64_t size = 0;
    if (!cli_node_get(object, key, &member)) {
        return otherwise;
    }
    bool good = cJSON_IsString(member.json) != 0
             && cli_number_read_size(member.json->valuestring, &size);
    if (cJSON_IsNumber(member.json) && member.json->valuedouble >= 1
        && member.json->valuedouble <= most) {
        size = (uint64_t)member.json->valuedouble;
        good = (double)size == member.json->valuedouble;
    }
    if (!good || size < 1 || size > most) {
        cli_node_mistake(&member, NULL, "expected a size such as \"16KB\", at most %u bytes", most);
        return otherwise;
    }
    return (uint32_t)size;
}

void cli_site_read_pictures(const cli_node *node, cli_site *site)
{
    static const char *const keys[] = {"from", "folder", "budget", "max"};
    static const char *const places[] = {"address", "inside"};
    cli_node member;
    cli_pictures_source *pictures = &site->pictures;
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    if (cli_node_get(node, "from", &member)) {
        pictures->inside = cli_node_choice(&member, places, SOTTO_ARRAY_COUNT(places)) == 1;
    }
    pictures->budget = read_size(node, "budget", BUDGET_MOST, pictures->budget);
    pictures->max = read_size(node, "max", MAX_MOST, pictures->max);
    if (cli_node_get(node, "folder", &member)) {
        const char *folder = cli_node_text(&member, "");
        pictures->folder = cli_node_path(node, folder);
        if (cJSON_IsString(member.json) && !folder[0]) {
            cli_node_mistake(&member, NULL, "expected a folder, such as \"shop/pictures\"");
        }
    } else if (pictures->inside) {
        cli_node_mistake(node, NULL, "\"folder\" is missing: where the files of the pictures are");
    }
}
