/*
 * ledger_tables.h - the tables of a ledger, alike as far as finding and making room goes
 *
 * Every entry begins with its key; what is free has key 0.
 */
#ifndef SOTTO_PROFILE_LEDGER_TABLES_H
#define SOTTO_PROFILE_LEDGER_TABLES_H

#include "profile/ledger.h"

typedef enum sotto_ledger_table {
    SOTTO_LEDGER_OF_CAMPAIGNS, SOTTO_LEDGER_OF_ANSWERS, SOTTO_LEDGER_OF_WATCHED,
    SOTTO_LEDGER_OF_DWELL, SOTTO_LEDGER_OF_ARMS, SOTTO_LEDGER_OF_OFFERS,
    SOTTO_LEDGER_TABLES
} sotto_ledger_table;

/* Where a table is, how many entries it has, and how large one is. */
typedef struct sotto_ledger_shape {
    uint16_t offset, count, size;
} sotto_ledger_shape;

const sotto_ledger_shape *sotto_ledger_shape_get(sotto_ledger_table table);

/* The index-th entry, free or not. */
const void *sotto_ledger_entry(const sotto_ledger *ledger, sotto_ledger_table table,
                               uint32_t index);

/* The entry with this key, NULL if there is none; no entry has key 0. */
const void *sotto_ledger_find(const sotto_ledger *ledger, sotto_ledger_table table, uint64_t key);

/* What was spent, with so many pieces of an item at today's price added. */
uint32_t sotto_ledger_spend(uint32_t spent, const sotto_bundle *bundle, uint64_t item,
                            uint32_t quantity);

#endif
