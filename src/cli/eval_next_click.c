/*
 * eval_next_click.c - sotto eval next-click: of test files, what is looked at next
 */
#include "cli/eval_kinds.h"
#include "cli/eval_options.h"
#include "cli/eval_report.h"
#include "cli/progress.h"
#include "cli/report.h"

static const char help[] =
    "Usage: sotto eval next-click --train SESSIONS --test QUESTIONS [OPTIONS]\n"
    "\n"
    "Trains on a file of sessions and asks the published bytes for the next click.\n"
    "\n"
    "  --train FILE      a session a line, ids with blanks between, oldest first;\n"
    "                    or a table whose first line names session, item and time\n"
    "  --test FILE       a session so far, a tab, the item that came next; or whole\n"
    "                    sessions as for --train: every click but the first is asked\n"
    "  --budget SIZE     bytes of the model besides the ids, as 1MB or 28/item\n"
    "  --max-links N     links an item; default 20    --effort low|normal|high\n"
    "  --min-shoppers N  shoppers a link must rest on; default 1\n"
    "  --price           train twice, to see what min_shoppers 3 would cost\n"
    "  --no-tune         the built-in parameters\n"
    "  --examples FILE   write what the re-ranker learns from, as LightGBM reads it\n"
    "  --trees FILE      a file of LightGBM's orders candidates, not the network\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "Items met nowhere in training stay in the test, as misses.\n"
    "\n"
    "Example: a public benchmark\n"
    "\n"
    "  $ sotto eval next-click --train train_sessions.txt --test test.tsv\n";

static int evaluate(const cli_command *command, const char *train, const char *test,
                    const cli_eval_wanted *wanted)
{
    sotto_eval_result result = {0};
    sotto_train_fault fault = {{0}, {0}};
    sotto_train_options defaults = sotto_train_defaults();
    defaults.min_shoppers = 1;
    sotto_eval_options options;
    if (!cli_eval_options(command, wanted, defaults, false, &options)) {
        return CLI_MISUSED;
    }
    bool good = sotto_eval_next_click(train, test, &options, &result, &fault);
    cli_progress_clear();
    if (!good) {
        cli_error_fault(&fault);
        return CLI_REFUSED;
    }
    cli_eval_report(&result, NULL, "next click", "sessions", wanted->json);
    return CLI_DONE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    cli_eval_wanted wanted = {0};
    const char *train = NULL, *test = NULL;
    const cli_option known[] = {
        {"train", 0, CLI_TEXT, &train},
        {"test", 0, CLI_TEXT, &test},
        CLI_EVAL_OPTIONS(&wanted),
        CLI_TREE_OPTIONS(&wanted.wishes),
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 0, 0, &operands);
    int status = result != CLI_ARGS_GO_ON ? cli_args_status(result)
               : !train || !test ? cli_misuse(command, "needs --train FILE and --test FILE")
                                 : evaluate(command, train, test, &wanted);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval_next_click = {"eval next-click", "the next click, of test files", NULL,
                                         help, run};
