/*
 * ranker_report.c - what training chose, what each part is worth, where the bytes went
 *
 * All figures are of sessions that nothing was fitted on: the second half of the latest ones.
 */
#include "cli/ranker_report.h"

#include "cli/number.h"
#include "cli/report.h"

#include <stdio.h>

static void print_parts(const sotto_train_summary *summary)
{
    char count[CLI_NUMBER_SIZE];
    cli_note("of %s clicks of the latest sessions, %%:   HR@20   MRR@20",
             cli_number_group(count, summary->part_query_count));
    for (uint32_t i = 0; i < summary->part_count; i++) {
        cli_note("  %-36s %7.2f  %7.2f", summary->parts[i].name, summary->parts[i].hr20,
                 summary->parts[i].mrr20);
    }
}

static void print_vectors(const sotto_train_summary *summary)
{
    char text[160] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < summary->width_count && used < sizeof text; i++) {
        char count[CLI_NUMBER_SIZE];
        if (summary->widths[i].items > 0) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s with %u bit%s",
                                     used > 0 ? ", " : "",
                                     cli_number_group(count, summary->widths[i].items),
                                     summary->widths[i].bits,
                                     summary->widths[i].bits == 1 ? "" : "s");
        }
    }
    cli_note("vectors of %u dimensions%s%s: %s", summary->dimensions,
             summary->teachers > 0 ? ", taught by others" : "",
             summary->reversed ? ", sessions also read backwards" : "", text);
    if (summary->tree_count > 0) {
        cli_note("candidates in order by %u trees, not by a network", summary->tree_count);
    }
}

void cli_ranker_report_print(const sotto_train_summary *summary)
{
    if (summary->part_count > 0) {
        print_parts(summary);
    }
    if (summary->ranker_note != NULL) {
        cli_note("links alone: %s", summary->ranker_note);
    }
    if (summary->has_ranker) {
        print_vectors(summary);
    }
    char links[CLI_NUMBER_SIZE];
    char vectors[CLI_NUMBER_SIZE];
    char others[CLI_NUMBER_SIZE];
    cli_note("bytes: links %s, vectors %s, all else but the ids %s",
             cli_number_group(links, summary->link_size),
             cli_number_group(vectors, summary->vector_size),
             cli_number_group(others, summary->other_size));
}

void cli_ranker_report_json(cli_json *json, const sotto_train_summary *summary)
{
    cli_json_object(json, "ranker");
    cli_json_bool(json, "published", summary->has_ranker);
    if (summary->ranker_note != NULL) {
        cli_json_text(json, "why_not", summary->ranker_note);
    }
    cli_json_number(json, "dimensions", summary->dimensions);
    cli_json_number(json, "teachers", summary->teachers);
    cli_json_bool(json, "reversed", summary->reversed);
    cli_json_real(json, "locality", summary->locality, 2);
    if (summary->tree_count > 0) {
        cli_json_number(json, "trees", summary->tree_count);
    }
    cli_json_number(json, "link_bytes", summary->link_size);
    cli_json_number(json, "vector_bytes", summary->vector_size);
    cli_json_number(json, "other_bytes", summary->other_size);
    cli_json_number(json, "reranker_bytes", summary->reranker_size);
    cli_json_array(json, "widths");
    for (uint32_t i = 0; i < summary->width_count; i++) {
        cli_json_object(json, NULL);
        cli_json_number(json, "bits", summary->widths[i].bits);
        cli_json_number(json, "items", summary->widths[i].items);
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_number(json, "part_queries", summary->part_query_count);
    cli_json_array(json, "parts");
    for (uint32_t i = 0; i < summary->part_count; i++) {
        cli_json_object(json, NULL);
        cli_json_text(json, "name", summary->parts[i].name);
        cli_json_real(json, "hr20", summary->parts[i].hr20, 3);
        cli_json_real(json, "mrr20", summary->parts[i].mrr20, 3);
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_end(json);
}
