/*
 * eval_bought_together.c - sotto eval bought-together: the other items of a basket
 */
#include "cli/eval_kinds.h"
#include "cli/eval_options.h"
#include "cli/report.h"

static const char help[] =
    "Usage: sotto eval bought-together [OPTIONS] SITE\n"
    "\n"
    "Trains on all but the last tenth of a shop's baskets. From each item of those it\n"
    "asks the published bytes, as a product page would, for what is bought with it\n"
    "(then what is popular), and looks for the others of the basket.\n"
    "\n"
    "  --budget SIZE     bytes of the model besides the ids, as 1MB or 28/item\n"
    "  --max-links N     links an item; default that of the site file\n"
    "  --effort EFFORT   low, normal or high: how much tuning; default normal\n"
    "  --min-shoppers N  shoppers a link must rest on; default that of the site file\n"
    "  --price           train twice, to see what min_shoppers costs\n"
    "  --no-tune         the built-in parameters\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "HR is how often any of the others is found, recall how many of them.\n"
    "\n"
    "Example:\n"
    "\n"
    "  $ sotto eval bought-together site.json\n";

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    cli_eval_wanted wanted = {0};
    const cli_option known[] = {CLI_EVAL_OPTIONS(&wanted)};
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 1, 1, &operands);
    int status = result != CLI_ARGS_GO_ON ? cli_args_status(result)
                                 : cli_eval_site(command, &pool, operands.texts[0], &wanted, false,
                                                 sotto_eval_together, "bought together", "baskets");
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval_bought_together = {"eval bought-together",
                                              "the other items of a basket", "the site file", help,
                                              run};
