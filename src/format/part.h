/*
 * part.h - the container every part of a bundle comes in
 *
 *     | head 32 | table, 16 a section | section | 0 to 3 zeros | section | ...
 *
 * memory    Views into the file's bytes.
 * trust     The bytes may be hostile. After opening, each section lies inside the file and is
 *           what its check says; what stands in it is for the section's own reader to check.
 */
#ifndef SOTTO_FORMAT_PART_H
#define SOTTO_FORMAT_PART_H

#include "format/reader.h"

enum { SOTTO_MAX_KNOWN_SECTIONS = 20 };

/* What a kind of part consists of. */
typedef struct sotto_part_shape {
    sotto_kind kind;
    uint32_t   known_count;
    uint32_t   required_count;     /* the first ones of `tags` */
    uint32_t   tags[SOTTO_MAX_KNOWN_SECTIONS];
} sotto_part_shape;

/* Where a section is; both offsets are 0 if there is none. */
typedef struct sotto_section {
    uint32_t start, end;
} sotto_section;

typedef struct sotto_part {
    uint32_t      item_count;
    uint64_t      identity;
    sotto_section sections[SOTTO_MAX_KNOWN_SECTIONS];   /* in the order of the shape's tags */
} sotto_part;

/* Checks a file's container. `reader` is then at the end of the file, with what was wrong. */
void sotto_part_open(sotto_part *part, const sotto_part_shape *shape, sotto_reader *reader);

static inline bool sotto_section_exists(const sotto_section *section)
{
    return section->start != 0;
}

/* Sets the reader, which may have refused before, to a section that exists. */
void sotto_reader_enter(sotto_reader *reader, const sotto_section *section);

/*
 * What every file starts with: room for its header, its magic, the version. The reader is then
 * behind the version.
 */
void sotto_start_open(sotto_reader *reader, const char magic[4], uint32_t head_size);

/* Refuses a file whose size is not the one it says. */
void sotto_size_match(sotto_reader *reader, uint32_t file_size);

/*
 * Refuses a head whose check, which stands at `check_offset` and counts as zero itself, is wrong.
 */
void sotto_head_match(sotto_reader *reader, uint32_t head_size, uint32_t check_offset);

#endif
