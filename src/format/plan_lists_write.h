/*
 * plan_lists_write.h - writing the lists of a plan (native only)
 *
 * Each writes a whole section and returns NULL, or why it cannot be written.
 */
#ifndef SOTTO_FORMAT_PLAN_LISTS_WRITE_H
#define SOTTO_FORMAT_PLAN_LISTS_WRITE_H

#include "format/bytes_write.h"
#include "format/layout_plan.h"
#include "format/plan_write.h"

const char *sotto_plan_segments_write(sotto_buffer *buffer, const sotto_plan_content *content);
const char *sotto_plan_experiments_write(sotto_buffer *buffer, const sotto_plan_content *content);
const char *sotto_plan_offers_write(sotto_buffer *buffer, const sotto_plan_content *content);
const char *sotto_plan_campaigns_write(sotto_buffer *buffer, const sotto_plan_content *content);

/* Whether any two of these are the same; puts them in order. */
bool sotto_hashes_repeat(uint64_t *hashes, uint32_t count);

/* Whether this is the number of a text that can be a name: of 1 to 128 bytes. */
static inline bool sotto_plan_has_name(const sotto_plan_content *content, uint32_t string)
{
    return string < content->string_count &&
           content->strings[string].size - 1 < SOTTO_PLAN_MAX_NAME_SIZE;
}

#endif
