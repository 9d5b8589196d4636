/*
 * basket_write.c - what the next basket needs, as sections of the ranker
 */
#include "format/links_write.h"
#include "format/ranker_write.h"

#include <stdlib.h>

typedef const char *section_writer(sotto_buffer *buffer, const sotto_basket_content *content);

static const char *write_basket(sotto_buffer *buffer, const sotto_basket_content *content)
{
    if (content->popular_count > 256) {
        return "more than 256 items are said to be popular";
    }
    if (content->decay > 65536) {
        return "the decay of baskets is above 1";
    }
    sotto_buffer_u16(buffer, content->popular_count);
    sotto_buffer_u16(buffer, 0);
    sotto_buffer_u32(buffer, content->decay);
    for (uint32_t i = 0; i < content->popular_count; i++) {
        if (content->popular[i] >= content->item_count) {
            return "a popular item is none of the model's";
        }
        sotto_buffer_u32(buffer, content->popular[i]);
    }
    return sotto_network_write(buffer, content->network);
}

static const char *write_popularity(sotto_buffer *buffer, const sotto_basket_content *content)
{
    sotto_buffer_u16(buffer, content->before_base);
    sotto_buffer_u16(buffer, content->before_step);
    sotto_buffer_add(buffer, content->popularity, content->item_count);
    sotto_buffer_add(buffer, content->before, content->item_count);
    return NULL;
}

static const char *write_lifts(sotto_buffer *buffer, const sotto_basket_content *content)
{
    sotto_buffer_u16(buffer, (uint16_t)content->lift_base);
    sotto_buffer_u16(buffer, content->lift_step);
    for (uint32_t i = 0; i < content->item_count; i += 2) {
        uint32_t even = content->lifts[i];
        uint32_t odd = i + 1 < content->item_count ? content->lifts[i + 1] : 0;
        if (even > 15 || odd > 15) {
            return "a code of a repurchase lift is above 15";
        }
        sotto_buffer_u8(buffer, even | odd << 4);
    }
    return NULL;
}

static const char *write_rhythm(sotto_buffer *buffer, const sotto_basket_content *content)
{
    sotto_buffer_add(buffer, content->rhythm, content->item_count);
    return NULL;
}

static const char *write_links(sotto_buffer *buffer, const sotto_basket_content *content)
{
    return sotto_links_write(buffer, content->links, content->item_count);
}

sotto_status sotto_basket_sections(const sotto_basket_content *content, sotto_section_list *list,
                                   const char **why)
{
    const struct {
        bool            there;
        char            tag[4];
        section_writer *write;
    } sections[] = {
        {true, {'b', 's', 'k', 't'}, write_basket},
        {true, {'b', 'p', 'o', 'p'}, write_popularity},
        {content->lifts != NULL, {'b', 'l', 'f', 't'}, write_lifts},
        {content->rhythm != NULL, {'r', 'h', 'y', 't'}, write_rhythm},
        {content->links != NULL, {'b', 'l', 'n', 'k'}, write_links},
    };
    uint32_t before = list->count;
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(sections); i++) {
        if (!sections[i].there) {
            continue;
        }
        sotto_buffer buffer = {0};
        const char *refusal = sections[i].write(&buffer, content);
        sotto_bytes bytes = {NULL, 0};
        sotto_status status = sotto_buffer_finish(&buffer, refusal, &bytes, why);
        if (status == SOTTO_OK && !sotto_section_list_add(list, sections[i].tag, bytes)) {
            status = SOTTO_INVALID;
            if (why != NULL) {
                *why = "there are too many sections";
            }
        }
        if (status != SOTTO_OK) {
            sotto_section_list_cut(list, before);
            return status;
        }
    }
    return SOTTO_OK;
}
