/*
 * part_write.h - building the container (native only)
 *
 *     sotto_part_writer writer;
 *     sotto_part_begin(&writer, SOTTO_MODEL, item_count, section_count);
 *     sotto_part_section(&writer, SOTTO_TAG('P', 'O', 'P', 'U'));
 *     ... its bytes into writer.buffer, then other sections ...
 *     status = sotto_part_finish(&writer, identity, out, why);
 */
#ifndef SOTTO_FORMAT_PART_WRITE_H
#define SOTTO_FORMAT_PART_WRITE_H

#include "format/bytes_write.h"
#include "format/layout.h"

typedef struct sotto_part_writer {
    sotto_buffer buffer;
    uint32_t     section_count;    /* as announced */
    uint32_t     section;          /* how many were begun */
    size_t       section_start;    /* of the one being written */
} sotto_part_writer;

void sotto_part_begin(sotto_part_writer *writer, sotto_kind kind, uint32_t item_count,
                      uint32_t section_count);

/* Ends the section before, if there is one, and begins another. */
void sotto_part_section(sotto_part_writer *writer, uint32_t tag);

/* Adds the sections of a list, which may be NULL. They were announced with the others. */
void sotto_part_sections(sotto_part_writer *writer, const sotto_section_list *list);

/*
 * Writes sizes and checks and hands the file over. If `refusal` is not NULL, or memory ran out,
 * the bytes are freed, `*why` says what was wrong, and the status is SOTTO_INVALID or
 * SOTTO_NO_ROOM.
 */
sotto_status sotto_part_finish(sotto_part_writer *writer, uint64_t identity, const char *refusal,
                               sotto_bytes *out, const char **why);

/* The same for any buffer that is a whole file. */
sotto_status sotto_buffer_finish(sotto_buffer *buffer, const char *refusal, sotto_bytes *out,
                                 const char **why);

/*
 * Packed strings of items: fills block offsets at `offsets_at`, adds the strings, returns their
 * size.
 */
size_t sotto_strings_write(sotto_buffer *buffer, size_t offsets_at, const sotto_string *strings,
                           size_t stride, uint32_t count);

/*
 * The section of ids that both a model and a catalogue can have. NULL, or why it cannot be
 * written.
 */
const char *sotto_ids_write(sotto_buffer *buffer, const sotto_string *ids, uint32_t count,
                            uint64_t *identity);

#endif
