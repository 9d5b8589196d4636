/*
 * links_write.h - tables of links, in the model and in the catalogue
 */
#ifndef SOTTO_FORMAT_LINKS_WRITE_H
#define SOTTO_FORMAT_LINKS_WRITE_H

#include "format/part_write.h"
#include "format/write.h"

/* Writes a table of `item_count` rows into the section that was begun. Why it cannot, or NULL. */
const char *sotto_links_write(sotto_buffer *buffer, const sotto_link_table_content *table,
                              uint32_t item_count);

/*
 * Begins a section for each table, with the name of the first three letters and the relation, and
 * writes them. Relations are 1 to `last`, ascending. Why it cannot, or NULL.
 */
const char *sotto_link_tables_write(sotto_part_writer *writer, const char name[3],
                                    const sotto_link_table_content *tables, uint32_t table_count,
                                    sotto_relation last, uint32_t item_count);

#endif
