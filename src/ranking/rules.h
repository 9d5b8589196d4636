/*
 * rules.h - what the shop does not want shown in this slot
 */
#ifndef SOTTO_RANKING_RULES_H
#define SOTTO_RANKING_RULES_H

#include "model/bundle.h"
#include "ranking/request.h"

/* Whether the catalogue's facts about an item let it be shown on this page. */
bool sotto_slot_rules_admit_facts(const sotto_request *request, uint32_t item);

/* Whether neither a rule for all slots nor the slot's own list excludes the item. */
bool sotto_slot_rules_admit_item(const sotto_request *request, uint32_t item, uint64_t hash);

#endif
