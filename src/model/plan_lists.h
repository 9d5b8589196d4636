/*
 * plan_lists.h - opening the lists of a plan: segments, experiments, offers, campaigns
 *
 * Each reads a whole section. Texts and keys come before them all, segments before campaigns,
 * campaigns last: they name what the others hold.
 */
#ifndef SOTTO_MODEL_PLAN_LISTS_H
#define SOTTO_MODEL_PLAN_LISTS_H

#include "model/plan.h"

void sotto_plan_segments_open(sotto_plan *plan, sotto_reader *reader);
void sotto_plan_experiments_open(sotto_plan *plan, sotto_reader *reader);
void sotto_plan_offers_open(sotto_plan *plan, sotto_reader *reader);
void sotto_plan_campaigns_open(sotto_plan *plan, sotto_reader *reader);

#endif
