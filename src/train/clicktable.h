/*
 * Clicktable - sessions in a table with a column for session, item and time
 *
 * The form most public click logs have, told by its first line:
 *
 *     SessionId  ItemId  Time          session_id,timestamp,item_id,event_type
 *
 * Columns may stand in any order, upper or lower case, with or without underscores; others are
 * passed over, but for a shopper's and for what happened, of which views count. Rows may stand in
 * any order. Where there is no session, a shopper's pause of half an hour ends one.
 */
#ifndef SOTTO_TRAIN_CLICKTABLE_H
#define SOTTO_TRAIN_CLICKTABLE_H

#include "train/intern.h"
#include "train/sequences.h"

/* Whether the first line names the columns of such a table. False if it cannot be read. */
bool sotto_clicktable_recognise(const char *path, bool *is_table, sotto_train_fault *fault);

/*
 * Reads sessions, oldest first. With `learn` new items are added to `items`, else an item that is
 * not in there becomes SOTTO_NO_ITEM.
 */
bool sotto_clicktable_read(const char *path, bool learn, sotto_intern *items,
                           sotto_sequences *sessions, sotto_train_fault *fault);

#endif
