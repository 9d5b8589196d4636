/*
 * ranker_write.h - what the writers of the ranker's sections share
 */
#ifndef SOTTO_FORMAT_RANKER_WRITE_H
#define SOTTO_FORMAT_RANKER_WRITE_H

#include "format/part_write.h"

/* Writes a network (FORMAT.md 5a.5) from those fields of the content. Why it cannot, or NULL. */
const char *sotto_network_write(sotto_buffer *buffer, const sotto_ranker_content *content);

/* The same for trees (FORMAT.md 5a.8). */
const char *sotto_forest_write(sotto_buffer *buffer, const sotto_ranker_content *content);

#endif
