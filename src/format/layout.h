/*
 * layout.h - the numbers of docs/FORMAT.md
 *
 * Offsets are bytes from the start of the thing they are in; the assertions at the end say again,
 * as sums, what the document says as tables.
 */
#ifndef SOTTO_FORMAT_LAYOUT_H
#define SOTTO_FORMAT_LAYOUT_H

#include "base/base.h"
#include "sotto.h"

enum { SOTTO_FORMAT_VERSION = 1 };

/* Four characters as they stand in the file, read as a little-endian u32. */
#define SOTTO_TAG(a, b, c, d)                                                                    \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Section 2: a part. */
enum {
    SOTTO_HEAD_MAGIC = 0,
    SOTTO_HEAD_VERSION = 4,
    SOTTO_HEAD_KIND = 6,
    SOTTO_HEAD_SECTION_COUNT = 7,
    SOTTO_HEAD_FILE_SIZE = 8,
    SOTTO_HEAD_ITEM_COUNT = 12,
    SOTTO_HEAD_IDENTITY = 16,
    SOTTO_HEAD_CHECK = 24,
    SOTTO_HEAD_RESERVED = 28,
    SOTTO_HEAD_SIZE = 32,

    SOTTO_ROW_TAG = 0,
    SOTTO_ROW_OFFSET = 4,
    SOTTO_ROW_SIZE = 8,
    SOTTO_ROW_CHECK = 12,
    SOTTO_ROW_ROW_SIZE = 16,

    SOTTO_MAX_SECTIONS = 64,
    SOTTO_MAX_HEAD_SIZE = SOTTO_HEAD_SIZE + SOTTO_MAX_SECTIONS * SOTTO_ROW_ROW_SIZE
};

/* Strings of items stand in blocks of 16; an offset is kept for each block. */
enum { SOTTO_BLOCK_BITS = 4, SOTTO_BLOCK_COUNT = 1 << SOTTO_BLOCK_BITS };

static inline uint32_t sotto_blocks_for(uint32_t item_count)
{
    return (item_count + SOTTO_BLOCK_COUNT - 1) >> SOTTO_BLOCK_BITS;
}

/* Sections 3.1, 3.3: item ids and ranked lists. */
enum {
    SOTTO_IDS_COUNT = 0,
    SOTTO_IDS_BUCKET_BITS = 4,
    SOTTO_IDS_INDEX_BITS = 5,
    SOTTO_IDS_RESERVED = 6,
    SOTTO_IDS_STRINGS_SIZE = 8,
    SOTTO_IDS_RESERVED_2 = 12,
    SOTTO_IDS_HEAD_SIZE = 16,
    SOTTO_IDS_MAX_BITS = 24,

    SOTTO_TOPS_MAX_LISTS = 16,
    SOTTO_TOPS_MAX_COUNT = 4096
};

/* Section 3.4: links. */
enum {
    SOTTO_LINKS_MAX_LINKS = 0,
    SOTTO_LINKS_GROUP_BITS = 1,
    SOTTO_LINKS_BUCKET_COUNT = 2,
    SOTTO_LINKS_WEIGHT_COUNT = 3,
    SOTTO_LINKS_FLAGS = 4,
    SOTTO_LINKS_RESERVED = 5,
    SOTTO_LINKS_ROW_COUNT = 8,
    SOTTO_LINKS_LINK_COUNT = 12,
    SOTTO_LINKS_DATA_SIZE = 16,
    SOTTO_LINKS_HEAD_SIZE = 20,

    SOTTO_LINKS_NORMALISE = 1,
    SOTTO_LINKS_MAX_GROUP_BITS = 6,
    SOTTO_LINKS_MAX_BUCKETS = 26,
    SOTTO_LINKS_MAX_WEIGHTS = 16,
    SOTTO_CODE_MAX_LENGTH = 12
};

/* Section 3.5: parameters. */
enum {
    SOTTO_PARM_HISTORY_COUNT = 0,
    SOTTO_PARM_PARAMETER_COUNT = 2,
    SOTTO_PARM_HEAD_SIZE = 4,
    SOTTO_PARM_ROW_SIZE = 8,

    SOTTO_PARM_KNOWN_KEYS = 7,
    SOTTO_PARM_MAX_HISTORY = 32,
    SOTTO_PARM_MAX_PARAMETERS = 64,
    SOTTO_PARM_MAX_WEIGHT = 64 * 65536,
    SOTTO_PARM_MAX_VALUE = 16777216
};

/* Section 4: the catalogue. */
enum {
    SOTTO_COLS_ROW_SIZE = 4 + 4 + 2 + 2 + 1,
    SOTTO_COLS_LISTED = 1,
    SOTTO_COLS_IN_STOCK = 2,
    SOTTO_COLS_ALL_FLAGS = 3,

    SOTTO_TEXTS_TEMPLATE_SIZE = 0,
    SOTTO_TEXTS_RESERVED = 2,
    SOTTO_TEXTS_STRINGS_SIZE = 4,
    SOTTO_TEXTS_HEAD_SIZE = 8,

    SOTTO_LIST_NONE = 0xFFFF,
    SOTTO_LIST_MAX_COUNT = 65535,
    SOTTO_CTOP_MAX_COUNT = 64
};

/* Section 5: campaigns. A field is a key, a size and a value. */
enum {
    SOTTO_FIELD_KEY = 0,
    SOTTO_FIELD_SIZE = 2,
    SOTTO_FIELD_HEAD_SIZE = 4,

    SOTTO_MAX_SLOTS = 256,

    SOTTO_SITE_SHOP_ID = 1,
    SOTTO_SITE_SHOP_NAME = 2,
    SOTTO_SITE_CURRENCY = 3,
    SOTTO_SITE_LOCALE = 4,
    SOTTO_SITE_PRICE_DECIMALS = 5,
    SOTTO_SITE_JUST_BOUGHT = 6,
    SOTTO_SITE_SESSION_GAP = 7,
    SOTTO_SITE_RETENTION = 8,
    SOTTO_SITE_HALF_LIFE = 9,
    SOTTO_SITE_STANDING_YES = 10,
    SOTTO_SITE_KEYS = 11,

    SOTTO_RULE_ITEMS = 1,
    SOTTO_RULE_CATEGORIES = 2,
    SOTTO_RULE_BRANDS = 3,
    SOTTO_RULE_KEYS = 4,

    SOTTO_SLOT_NAME = 1,
    SOTTO_SLOT_STRATEGIES = 2,
    SOTTO_SLOT_COUNT = 3,
    SOTTO_SLOT_MIN = 4,
    SOTTO_SLOT_FILTERS = 5,
    SOTTO_SLOT_MAX_PER_BRAND = 6,
    SOTTO_SLOT_PINNED = 7,
    SOTTO_SLOT_MANUAL = 8,
    SOTTO_SLOT_EXCLUDED = 9,
    SOTTO_SLOT_PRICE_PERCENT = 10,
    SOTTO_SLOT_PRICE = 11,
    SOTTO_SLOT_HEADING = 12,
    SOTTO_SLOT_KEYS = 13,

    SOTTO_CONSENT_SOURCE = 1,
    SOTTO_CONSENT_FLAGS = 2,
    SOTTO_CONSENT_POLICY = 3,
    SOTTO_CONSENT_NAMES = 4,       /* and one key more for each purpose after the first */
    SOTTO_CONSENT_KEYS = 7,

    SOTTO_CONSENT_LAST_SOURCE = 7,
    SOTTO_CONSENT_PURPOSES = 3,
    SOTTO_CONSENT_EACH_PAGE = 1,
    SOTTO_CONSENT_TCF_PURPOSES = 2,
    SOTTO_CONSENT_ALL_FLAGS = 3,
    SOTTO_CONSENT_MAX_NAMES = 16,
    SOTTO_CONSENT_MAX_NAME_SIZE = 64,

    SOTTO_PIN_SIZE = 1 + 8,
    SOTTO_MAX_SLOT_NAME_SIZE = 64,
    SOTTO_MAX_SLOT_STRATEGIES = 8,
    SOTTO_MAX_PRICE_DECIMALS = 4
};

/* Section 5b: pictures. */
enum {
    SOTTO_PICS_COUNT = 0,
    SOTTO_PICS_HAS = 4,
    SOTTO_PICS_TYPES = 5
};

/* Section 6: the manifest. */
enum {
    SOTTO_MANIFEST_MAGIC = 0,
    SOTTO_MANIFEST_VERSION = 4,
    SOTTO_MANIFEST_PART_COUNT = 6,
    SOTTO_MANIFEST_SIGNATURE_KIND = 7,
    SOTTO_MANIFEST_FILE_SIZE = 8,
    SOTTO_MANIFEST_CHECK = 12,
    SOTTO_MANIFEST_SEQUENCE = 16,
    SOTTO_MANIFEST_CREATED = 24,
    SOTTO_MANIFEST_EXPIRES = 32,
    SOTTO_MANIFEST_SHOP = 40,
    SOTTO_MANIFEST_IDENTITY = 48,
    SOTTO_MANIFEST_HEAD_SIZE = 56,

    SOTTO_MANIFEST_MAX_PARTS = 16,
    SOTTO_MANIFEST_PART_KIND = 0,
    SOTTO_MANIFEST_PART_RESERVED = 1,
    SOTTO_MANIFEST_PART_SIZE = 4,
    SOTTO_MANIFEST_PART_SHA256 = 8,
    SOTTO_MANIFEST_PART_RESERVED_2 = 40,
    SOTTO_MANIFEST_PART_ROW_SIZE = 48,

    SOTTO_SIGNATURE_KEY_ID = 0,
    SOTTO_SIGNATURE_BYTES = 8,
    SOTTO_SIGNATURE_CHECK = 72,
    SOTTO_SIGNATURE_BLOCK_SIZE = 76
};

/* What is signed starts with these bytes, the closing zero included. */
#define SOTTO_MANIFEST_DOMAIN "sotto-manifest-v1"

_Static_assert(SOTTO_HEAD_SIZE == 4 + 2 + 1 + 1 + 4 + 4 + 8 + 4 + 4, "part header");
_Static_assert(SOTTO_ROW_ROW_SIZE == 4 + 4 + 4 + 4, "section table");
_Static_assert(SOTTO_IDS_HEAD_SIZE == 4 + 1 + 1 + 2 + 4 + 4, "IDS");
_Static_assert(SOTTO_LINKS_HEAD_SIZE == 1 + 1 + 1 + 1 + 1 + 3 + 4 + 4 + 4, "LNK1");
_Static_assert(SOTTO_COLS_ROW_SIZE == 13, "COLS");
_Static_assert(SOTTO_MANIFEST_HEAD_SIZE == 4 + 2 + 1 + 1 + 4 + 4 + 5 * 8, "manifest");
_Static_assert(SOTTO_MANIFEST_PART_ROW_SIZE == 1 + 3 + 4 + 32 + 8, "manifest part");
_Static_assert(SOTTO_SIGNATURE_BLOCK_SIZE == 8 + 64 + 4, "signature block");
_Static_assert(sizeof SOTTO_MANIFEST_DOMAIN == 18, "domain of the signature");
_Static_assert(SOTTO_MANIFEST_HEAD_SIZE + SOTTO_MANIFEST_MAX_PARTS * SOTTO_MANIFEST_PART_ROW_SIZE +
               SOTTO_SIGNATURE_BLOCK_SIZE <= SOTTO_MANIFEST_MAX_SIZE, "manifest limit");
_Static_assert(SOTTO_MAX_ITEMS == 1u << SOTTO_IDS_MAX_BITS, "items");
_Static_assert(SOTTO_PROFILE_SIZE == 64 + 16 * (256 + 32 + 128 + 32 + 32), "profile");

#endif
