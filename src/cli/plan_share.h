/*
 * Plan share - what several campaigns ask, kept once
 *
 * A shop asks the same of many campaigns: who looked at boots this week, who has something in the
 * cart. A truth that stands in more than one expression becomes a segment without a name (FORMAT.md
 * 5c), and each of them asks for that. It costs two bytes in place of ten or more, and the core
 * works it out once for all campaigns.
 */
#ifndef SOTTO_CLI_PLAN_SHARE_H
#define SOTTO_CLI_PLAN_SHARE_H

#include "cli/pool.h"
#include "format/plan_write.h"

/*
 * Puts segments without a name behind the others, as long as there is room and bytes are saved, and
 * shorter expressions in place of those of the campaigns. New lists and programs are the pool's.
 */
void cli_plan_share(sotto_plan_content *content, cli_pool *memory);

#endif
