/*
 * train.c - from logs to the model part
 *
 *     files --> events --> sessions, baskets --> build --> model, and what was said of its items
 */
#include "train/train.h"

#include "train/build.h"
#include "train/gather.h"
#include "train/sequences.h"

#include <stdlib.h>
#include <string.h>

sotto_train_options sotto_train_defaults(void)
{
    return (sotto_train_options){.max_links = 20, .min_shoppers = 3, .session_gap_s = 1800,
                                 .tune = true};
}

static sotto_text fact(const sotto_events *events, uint32_t number)
{
    return number == SOTTO_NO_GROUP ? (sotto_text){"", 0}
                                    : sotto_intern_get(&events->facts, number);
}

static bool describe_items(const sotto_events *events, const uint32_t *order,
                           sotto_trained *trained)
{
    uint32_t count = events->items.count;
    trained->items = calloc((size_t)count + 1, sizeof *trained->items);
    for (uint32_t index = 0; trained->items != NULL && index < count; index++) {
        const sotto_item_notes *notes = &events->notes[order[index]];
        trained->items[index] = (sotto_trained_item){
            .title = fact(events, notes->title),
            .category = fact(events, notes->category),
            .brand = fact(events, notes->brand),
            .url = fact(events, notes->url),
            .image = fact(events, notes->image),
            .has_price = notes->has_price,
            .price = notes->price,
        };
    }
    return trained->items != NULL;
}

/* Everything after reading. The events keep the texts that the result points at. */
static bool train(sotto_events *events, const sotto_train_options *options, sotto_trained *trained,
                  sotto_train_fault *fault)
{
    sotto_sequences sessions, baskets = {0};
    uint32_t *order = NULL;
    bool good = (sotto_sessions_make(events, options->session_gap_s, &sessions)
                 && sotto_baskets_make(events, options->session_gap_s, &baskets))
                || sotto_fault_set(fault, "not enough memory for %zu events", events->count);
    trained->summary.event_count = events->count;
    trained->summary.shopper_count = events->shoppers.count;
    trained->summary.session_count = sessions.count;
    trained->summary.basket_count = baskets.count;
    free(events->entries); /* what follows needs them no more */
    events->entries = NULL;
    sotto_material material = {&events->items, &sessions, &baskets};
    good =
        good && sotto_build(&material, options, &trained->model, &order, &trained->summary, fault);
    if (good && !describe_items(events, order, trained)) {
        good = sotto_fault_set(fault, "not enough memory for %u items", events->items.count);
    }
    free(order);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
    return good;
}

bool sotto_train(const sotto_log_source *sources, size_t source_count,
                 const sotto_train_options *options, sotto_trained *trained,
                 sotto_train_fault *fault)
{
    memset(trained, 0, sizeof *trained);
    sotto_events *events = calloc(1, sizeof *events);
    if (events == NULL) {
        return sotto_fault_set(fault, "not enough memory");
    }
    bool good = sotto_gather(sources, source_count, options, events, &trained->report, fault)
                && train(events, options, trained, fault);
    trained->memory = events;
    if (!good) {
        sotto_log_report report = trained->report;
        trained->report = (sotto_log_report){0};
        sotto_trained_free(trained);
        trained->report = report;
    }
    return good;
}

void sotto_trained_free(sotto_trained *trained)
{
    if (trained->memory != NULL) {
        sotto_events_free(trained->memory);
        free(trained->memory);
    }
    free(trained->model.bytes);
    free(trained->items);
    sotto_log_report_free(&trained->report);
    memset(trained, 0, sizeof *trained);
}
