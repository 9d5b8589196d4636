/*
 * Shown - items, prices and reasons as people read them
 */
#ifndef SOTTO_CLI_SHOWN_H
#define SOTTO_CLI_SHOWN_H

#include "cli/json.h"
#include "cli/pool.h"

/* A text of a file's, to standard output; what could move the cursor becomes "?". */
void cli_show_text(sotto_text text);

/* "19.95 EUR"; empty if the price is unknown. Returns `text`. */
#define CLI_PRICE_SIZE 32
char *cli_price_text(char text[CLI_PRICE_SIZE], const sotto_site *site, uint32_t price);

/* "id  title" without an end of line. */
void cli_show_item(const sotto_bundle *bundle, uint32_t item);

/* id, title, price, category, brand and so on as members of an object. */
void cli_json_item(cli_json *json, const sotto_bundle *bundle, uint32_t item);

/* The name of a reason: "viewed", "together", ... as web/index.d.ts has it. */
const char *cli_reason_name(sotto_reason_kind kind);

/* A reason in words: "goes with 85123A WHITE HANGING HEART". */
void cli_show_reason(const sotto_bundle *bundle, const sotto_reason *reason);
void cli_json_reason(cli_json *json, const sotto_bundle *bundle, const sotto_reason *reason);

/*
 * Items by the shop's own id or, if no id is that, by a fragment of the title without regard to
 * case: the most popular first, at most `room`. Returns how many there are in all.
 */
uint32_t cli_find_items(const sotto_bundle *bundle, const char *word, uint32_t *items,
                        uint32_t room);

#endif
