/*
 * cmd_eval.c - sotto eval: how good is what would be published?
 *
 * The first argument says what is asked; a file that is none of these words is a shop's site file.
 */
#include "cli/commands.h"
#include "cli/eval_kinds.h"
#include "cli/eval_options.h"
#include "cli/report.h"

#include <string.h>

static const char help[] =
    "Usage: sotto eval [OPTIONS] SITE\n"
    "       sotto eval next-click|next-basket|bought-together|cold-items|curve ...\n"
    "\n"
    "Trains on all but the last tenth of a shop's sessions, writes the model, opens\n"
    "its bytes with the very core a page runs, and asks for each next click of that\n"
    "tenth. Then once more, to see what min_shoppers costs. The other forms ask other\n"
    "questions: sotto eval next-click --help, and so on.\n"
    "\n"
    "  --budget SIZE     bytes of the model besides the ids, as 1MB or 28/item\n"
    "  --max-links N     links an item; default that of the site file\n"
    "  --effort EFFORT   low, normal or high: how much tuning; default normal\n"
    "  --min-shoppers N  shoppers a link must rest on; default that of the site file\n"
    "  --no-tune         the built-in parameters\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "HR: how often the item that came next is among the first k. MRR: mean of one\n"
    "over its place. NDCG: of one over log2(1 + place). Intervals by bootstrap.\n"
    "\n"
    "Example: what half a megabyte buys\n"
    "\n"
    "  $ sotto eval site.json --budget 500KB\n";

static const cli_command *const kinds[] = {&cli_eval_next_click, &cli_eval_next_basket,
                                           &cli_eval_bought_together, &cli_eval_cold_items,
                                           &cli_eval_curve};

#define KIND_COUNT (SOTTO_ARRAY_COUNT(kinds))

/* "eval next-click" is asked for by its second word. */
static const cli_command *find_kind(const char *word)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(strchr(kinds[i]->name, ' ') + 1, word) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

static int eval_site(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    cli_eval_wanted wanted = {0};
    const cli_option known[] = {CLI_EVAL_OPTIONS(&wanted)};
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 1, 1, &operands);
    int status = result != CLI_ARGS_GO_ON ? cli_args_status(result)
                                 : cli_eval_site(command, &pool, operands.texts[0], &wanted, true,
                                                 sotto_eval_logs, "next click", "sessions");
    cli_pool_free(&pool);
    return status;
}

static int run(const cli_command *command, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const cli_command *kind = argv[i][0] != '-' ? find_kind(argv[i]) : NULL;
        if (kind) {
            argv[i] = argv[0]; /* which is left behind */
            return kind->run(kind, argc - 1, argv + 1);
        }
    }
    return eval_site(command, argc, argv);
}

const cli_command cli_eval = {"eval", "how good is what would be published?",
                              "the site file, or what to ask,", help, run};
