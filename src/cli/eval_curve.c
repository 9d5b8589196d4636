/*
 * eval_curve.c - sotto eval curve: what a kilobyte more would bring
 */
#include "cli/eval_kinds.h"
#include "cli/eval_options.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/log_report.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "train/clicklog.h"
#include "train/curve.h"
#include "train/eval_shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAR_WIDTH 32 /* characters */

static const char help[] =
    "Usage: sotto eval curve [OPTIONS] SITE\n"
    "       sotto eval curve [OPTIONS] --train SESSIONS\n"
    "\n"
    "Quality against bytes: learns once from all but the latest sessions, packs that\n"
    "within one budget after the other, and asks the bytes for the clicks of the\n"
    "latest sessions. Takes about twice as long as training.\n"
    "\n"
    "  --points LIST     bytes an item; default 8,12,16,20,24,28,34,44\n"
    "  --svg FILE        draw it\n"
    "  --effort EFFORT   low, normal or high: how much tuning; default normal\n"
    "  --max-links N     links an item at most; default 20, or that of the site file\n"
    "  --min-shoppers N  shoppers a link must rest on; default that of the site file,\n"
    "                    or 1 with --train\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "Example:\n"
    "\n"
    "  $ sotto eval curve site.json --svg curve.svg\n";

typedef struct curve_options {
    cli_eval_wanted wanted;
    const char     *points, *svg, *train;
} curve_options;

/* "8,12,16": ascending. */
static bool read_points(const cli_command *command, const char *text, sotto_curve *curve)
{
    double before = 0;
    curve->count = 0;
    while (*text != '\0') {
        char *end;
        double bytes = strtod(text, &end);
        bool good = end != text && (*end == ',' || *end == '\0') && bytes > before
                    && bytes <= 1000 && curve->count < SOTTO_CURVE_POINTS_MAX;
        if (!good) {
            cli_misuse(command, "--points takes bytes an item that grow, such as 8,12,28");
            return false;
        }
        before = curve->points[curve->count++].wanted = bytes;
        text = *end == ',' ? end + 1 : end;
    }
    return curve->count > 0;
}

/* ---- showing --------------------------------------------------------------------------------- */

static double most_of(const sotto_curve *curve)
{
    double most = 1;
    for (uint32_t i = 0; i < curve->count; i++) {
        most = curve->points[i].hr20 > most ? curve->points[i].hr20 : most;
    }
    return most;
}

static void print_table(const sotto_curve *curve)
{
    double most = most_of(curve);
    printf("%8s %8s %8s %6s %6s %8s  %s\n", "bytes", "HR@20", "MRR@20", "dims", "links",
           "of best", "HR@20; | by links alone");
    for (uint32_t i = 0; i < curve->count; i++) {
        const sotto_curve_point *point = &curve->points[i];
        char bar[BAR_WIDTH + 2] = {0};
        int length = (int)(point->hr20 / most * BAR_WIDTH);
        int links = (int)(point->links_hr20 / most * BAR_WIDTH);
        if (point->bytes_per_item <= 0) {
            printf("%8.1f %8s   vectors do not fit, or are no better than links\n", point->wanted,
                   "-");
            continue;
        }
        memset(bar, '=', (size_t)length);
        bar[links < BAR_WIDTH ? links : BAR_WIDTH] = '|';
        printf("%8.1f %8.2f %8.2f %6u %6.1f %6.1f %%  %s\n", point->bytes_per_item, point->hr20,
               point->mrr20, point->dimensions, point->links_per_item, 100 * point->hr20 / most,
               bar);
    }
    printf("\nof %u clicks of the latest sessions; bytes an item, all but the ids\n",
           curve->query_count);
}

static void print_json(const sotto_curve *curve)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_number(&json, "queries", curve->query_count);
    cli_json_array(&json, "points");
    for (uint32_t i = 0; i < curve->count; i++) {
        const sotto_curve_point *point = &curve->points[i];
        cli_json_object(&json, NULL);
        cli_json_real(&json, "budget_per_item", point->wanted, 2);
        cli_json_real(&json, "bytes_per_item", point->bytes_per_item, 3);
        cli_json_real(&json, "hr20", point->hr20, 3);
        cli_json_real(&json, "mrr20", point->mrr20, 3);
        cli_json_real(&json, "links_hr20", point->links_hr20, 3);
        cli_json_real(&json, "links_mrr20", point->links_mrr20, 3);
        cli_json_number(&json, "dimensions", point->dimensions);
        cli_json_real(&json, "vector_share", point->vector_share, 2);
        cli_json_real(&json, "links_per_item", point->links_per_item, 2);
        cli_json_end(&json);
    }
    cli_json_end(&json);
    cli_json_end(&json);
    cli_json_finish(&json);
}

/* A drawing of 480 by 300, its axes from 0. */
static void draw_line(FILE *to, const sotto_curve *curve, bool links, const char *colour)
{
    double widest = curve->points[curve->count - 1].wanted, most = most_of(curve);
    fprintf(to, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
    for (uint32_t i = 0; i < curve->count; i++) {
        const sotto_curve_point *point = &curve->points[i];
        double share = (links ? point->links_hr20 : point->hr20) / most;
        if (point->bytes_per_item > 0) {
            fprintf(to, "%.1f,%.1f ", 40 + 420 * point->bytes_per_item / widest,
                    260 - 240 * share);
        }
    }
    fprintf(to, "\"/>\n");
}

static bool draw(cli_pool *pool, const sotto_curve *curve, const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    if (!to) {
        return cli_error("not enough memory to draw");
    }
    fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 300\" "
                "font-family=\"sans-serif\" font-size=\"11\">\n"
                "<rect width=\"480\" height=\"300\" fill=\"white\"/>\n"
                "<path d=\"M40 20V260H460\" fill=\"none\" stroke=\"black\"/>\n");
    for (int i = 0; i <= 4; i++) {
        fprintf(to, "<text x=\"36\" y=\"%d\" text-anchor=\"end\">%.0f</text>\n", 264 - 60 * i,
                most_of(curve) * i / 4);
        fprintf(to, "<text x=\"%d\" y=\"276\" text-anchor=\"middle\">%.0f</text>\n", 40 + 105 * i,
                curve->points[curve->count - 1].wanted * i / 4);
    }
    draw_line(to, curve, false, "#06c");
    draw_line(to, curve, true, "#999");
    fprintf(to, "<text x=\"250\" y=\"293\" text-anchor=\"middle\">bytes an item</text>\n"
                "<text x=\"50\" y=\"14\">HR@20, percent; grey: by links alone</text>\n</svg>\n");
    bool good = fclose(to) == 0 && cli_file_write(pool, path, text, size);
    free(text);
    return good;
}

/* ---- the two kinds of sessions --------------------------------------------------------------- */

static bool make_of_file(const char *path, const sotto_train_options *options, sotto_curve *curve,
                         sotto_train_fault *fault)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    sotto_material material = {.items = &items, .sessions = &sessions};
    bool good = sotto_clicklog_read(path, &items, &sessions, fault)
             && sotto_curve_make(&material, options, curve, fault);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
    return good;
}

static bool make_of_site(const cli_site *site, const sotto_train_options *options,
                         sotto_curve *curve, sotto_train_fault *fault)
{
    sotto_eval_shop shop;
    sotto_log_report report = {0};
    bool good = sotto_eval_shop_read(site->logs, site->log_count, options, &shop, &report, fault);
    if (good) {
        sotto_material material = {.items = &shop.events.items, .sessions = &shop.sessions,
                                   .baskets = &shop.baskets};
        good = sotto_curve_make(&material, options, curve, fault);
    } else {
        cli_log_report_print(&report);
    }
    sotto_eval_shop_free(&shop);
    sotto_log_report_free(&report);
    return good;
}

static int evaluate(const cli_command *command, cli_pool *pool, const cli_texts *operands,
                    const curve_options *asked)
{
    static sotto_curve curve;
    cli_site site;
    sotto_train_fault fault = {{0}, {0}};
    sotto_eval_options options;
    sotto_train_options train = sotto_train_defaults();
    const char *points = asked->points ? asked->points : "8,12,16,20,24,28,34,44";
    if ((operands->count == 0) == (asked->train == NULL)) {
        return cli_misuse(command, "wants the site file, or --train SESSIONS");
    }
    if (!read_points(command, points, &curve)) {
        return CLI_MISUSED;
    }
    if (asked->train) {
        train.min_shoppers = 1;
    } else if (!cli_site_load(pool, operands->texts[0], &site)) {
        return CLI_REFUSED;
    } else {
        train = cli_site_train_options(&site);
    }
    if (!cli_eval_options(command, &asked->wanted, train, false, &options)) {
        return CLI_MISUSED;
    }
    bool good = asked->train ? make_of_file(asked->train, &options.train, &curve, &fault)
                             : make_of_site(&site, &options.train, &curve, &fault);
    cli_progress_clear();
    if (!good) {
        cli_error_fault(&fault);
        return CLI_REFUSED;
    }
    if (asked->wanted.json) {
        print_json(&curve);
    } else {
        print_table(&curve);
    }
    return !asked->svg || draw(pool, &curve, asked->svg) ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    curve_options asked = {0};
    const cli_option known[] = {
        {"points", 0, CLI_TEXT, &asked.points},
        {"svg", 0, CLI_TEXT, &asked.svg},
        {"train", 0, CLI_TEXT, &asked.train},
        {"effort", 0, CLI_TEXT, &asked.wanted.wishes.effort},
        {"seed", 0, CLI_NUMBER, &asked.wanted.wishes.seed},
        {"max-links", 0, CLI_NUMBER, &asked.wanted.max_links},
        {"min-shoppers", 0, CLI_NUMBER, &asked.wanted.min_shoppers},
        {"json", 0, CLI_SWITCH, &asked.wanted.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 0, 1, &operands);
    int status = result == CLI_ARGS_GO_ON ? evaluate(command, &pool, &operands, &asked)
                                          : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval_curve = {"eval curve", "quality against bytes",
                                    "the site file or --train,", help, run};
