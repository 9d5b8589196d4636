/*
 * model_write.c - the model part: ids, popularity, ranked lists, links, parameters
 */
#include "format/write.h"

#include "base/hash.h"
#include "format/links_write.h"
#include "format/part_write.h"

static const char *write_tops(sotto_buffer *buffer, const sotto_model_content *content)
{
    if (content->popular_count > SOTTO_TOPS_MAX_COUNT ||
        content->trending_count > SOTTO_TOPS_MAX_COUNT) {
        return "a ranked list has more than 4,096 items";
    }
    sotto_buffer_u32(buffer, 2);
    sotto_buffer_u32(buffer, SOTTO_TOP_POPULAR);
    sotto_buffer_u32(buffer, content->popular_count);
    sotto_buffer_u32(buffer, SOTTO_TOP_TRENDING);
    sotto_buffer_u32(buffer, content->trending_count);
    for (uint32_t i = 0; i < content->popular_count + content->trending_count; i++) {
        uint32_t item = i < content->popular_count ? content->popular[i]
                                                   : content->trending[i - content->popular_count];
        if (item >= content->item_count) {
            return "a ranked list names no item";
        }
        sotto_buffer_u32(buffer, item);
    }
    return NULL;
}

static const char *write_parameters(sotto_buffer *buffer, const sotto_model_content *content)
{
    if (content->history_count < 1 || content->history_count > SOTTO_PARM_MAX_HISTORY ||
        content->parameter_count > SOTTO_PARM_MAX_PARAMETERS) {
        return "there are too many parameters, or no weight for the latest event";
    }
    sotto_buffer_u16(buffer, content->history_count);
    sotto_buffer_u16(buffer, content->parameter_count);
    for (uint32_t i = 0; i < 2 * content->history_count; i++) {
        uint32_t weight = i < content->history_count
                        ? content->position_weight[i]
                        : content->repeat_weight[i - content->history_count];
        if (weight > SOTTO_PARM_MAX_WEIGHT) {
            return "a position or repeat weight is above 64";
        }
        sotto_buffer_u32(buffer, weight);
    }
    for (uint32_t i = 0; i < content->parameter_count; i++) {
        const sotto_parameter *parameter = &content->parameters[i];
        if (parameter->value < 0 || parameter->value > SOTTO_PARM_MAX_VALUE) {
            return "a parameter is not 0 to 16,777,216";
        }
        sotto_buffer_u16(buffer, parameter->key);
        sotto_buffer_u16(buffer, 0);
        sotto_buffer_u32(buffer, (uint32_t)parameter->value);
    }
    return NULL;
}

sotto_status sotto_model_write(const sotto_model_content *content, sotto_bytes *out,
                               const char **why)
{
    sotto_part_writer writer;
    uint64_t identity = 0;
    if (content->table_count > SOTTO_VIEWED_BOUGHT) {
        sotto_buffer nothing = {0};
        return sotto_buffer_finish(&nothing, "there are more than three link tables", out, why);
    }
    uint32_t listed = content->sections == NULL ? 0 : content->sections->count;
    sotto_part_begin(&writer, SOTTO_MODEL, content->item_count, 4 + content->table_count + listed);
    sotto_part_section(&writer, SOTTO_TAG('I', 'D', 'S', ' '));
    const char *refusal =
        sotto_ids_write(&writer.buffer, content->ids, content->item_count, &identity);
    if (refusal == NULL) {
        sotto_part_section(&writer, SOTTO_TAG('P', 'O', 'P', 'U'));
        sotto_buffer_add(&writer.buffer, content->popularity, content->item_count);
        sotto_part_section(&writer, SOTTO_TAG('T', 'O', 'P', 'S'));
        refusal = write_tops(&writer.buffer, content);
    }
    if (refusal == NULL) {
        refusal = sotto_link_tables_write(&writer, "LNK", content->tables, content->table_count,
                                          SOTTO_VIEWED_BOUGHT, content->item_count);
    }
    if (refusal == NULL) {
        sotto_part_section(&writer, SOTTO_TAG('P', 'A', 'R', 'M'));
        refusal = write_parameters(&writer.buffer, content);
    }
    if (refusal == NULL) {
        sotto_part_sections(&writer, content->sections);
    }
    return sotto_part_finish(&writer, identity, refusal, out, why);
}
