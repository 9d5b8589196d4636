/*
 * Statistics sequences - the sampled shoppers' sessions and baskets
 */
#ifndef SOTTO_TRAIN_STATISTICS_SEQUENCES_H
#define SOTTO_TRAIN_STATISTICS_SEQUENCES_H

#include "train/statistics.h"

/* Hardly any views: then sessions are made of all events of visits without a view as well. */
bool sotto_statistics_use_others(const sotto_statistics *statistics);
/* Nothing was bought: then carts stand for baskets. */
bool sotto_statistics_use_carts(const sotto_statistics *statistics);

/*
 * Both oldest first, their shoppers numbered alike. `starts_at`, to be freed, becomes by session
 * the time of its first event, or that row's number where there are no times (times_s is 0 then).
 */
bool sotto_statistics_sequences(const sotto_statistics *statistics, sotto_sequences *sessions,
                                sotto_sequences *baskets, uint32_t **starts_at);

/*
 * What is known of the logs besides: items, by the numbers of the sequences, and their notes; kinds
 * of events. There are no entries. False without memory; to be freed in any case.
 */
bool sotto_statistics_events(const sotto_statistics *statistics, sotto_events *events);

#endif
