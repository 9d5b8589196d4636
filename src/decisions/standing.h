/*
 * standing.h - where a shopper stands: orders, RFM, lifecycle (docs/EXPRESSIONS.md section 5)
 */
#ifndef SOTTO_DECISIONS_STANDING_H
#define SOTTO_DECISIONS_STANDING_H

#include "decisions/moment.h"

/* Cells 1 to 3, 3 the best; 0 for those who bought nothing. */
uint32_t sotto_recency_cell(const sotto_moment *moment);
uint32_t sotto_frequency_cell(const sotto_moment *moment);

/* The name of both together; empty for those who bought nothing. */
sotto_text sotto_rfm_name(const sotto_moment *moment);

/* The latest event before this session; false if none is left in the history. */
bool sotto_last_visit(const sotto_moment *moment, uint32_t *time_s);

/* "new", "active", "loyal", "at-risk" or "lost". */
sotto_text sotto_lifecycle_name(const sotto_moment *moment);

#endif
