/*
 * sotto.h - the whole public interface of the core
 *
 * Four questions, in the order a page asks them:
 *
 *     what did the shop publish?     sotto_model, sotto_catalogue, sotto_campaigns
 *     what has this shopper done?    sotto_profile
 *     what should a slot show?       sotto_decide
 *     why?                           the reasons in the answer
 *
 * The core owns nothing: memory, clock and chance are the caller's. All arithmetic is on integers, so
 * the same bytes give the same answer natively and in WebAssembly. docs/FORMAT.md has the bytes.
 *
 * sotto_ranker.h and sotto_plan.h, which this includes, are the parts of it that no first decision
 * needs.
 */
#ifndef SOTTO_H
#define SOTTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef SOTTO_API
#define SOTTO_API
#endif

/*
 * Status - what a call that can fail says
 *
 * The numbers are fixed for good. A failed call changes nothing it was given.
 */
typedef enum sotto_status {
    SOTTO_OK = 0,
    SOTTO_TRUNCATED = 1,      /* the bytes end too early */
    SOTTO_NOT_SOTTO = 2,      /* another kind of file */
    SOTTO_WRONG_VERSION = 3,  /* written by a version this one cannot read */
    SOTTO_WRONG_KIND = 4,     /* a Sotto file, but another part than asked for */
    SOTTO_DAMAGED = 5,        /* a checksum does not match */
    SOTTO_INVALID = 6,        /* a field has a value it cannot have */
    SOTTO_OVERSIZED = 7,      /* more bytes than the file says it has */
    SOTTO_MISMATCH = 8,       /* parts that were not built for each other */
    SOTTO_NO_SLOT = 9,        /* the campaigns know no slot of that name */
    SOTTO_NO_ROOM = 10        /* the memory lent is too small */
} sotto_status;

/* One sentence for people, without a full stop; never NULL. */
SOTTO_API const char *sotto_status_text(sotto_status status);

/* Where bytes went wrong, for the person who has to mend them. */
typedef struct sotto_fault {
    size_t      offset;       /* bytes from the start of the file */
    const char *what;         /* static text, such as "section past the end" */
} sotto_fault;

/* XXH64 with seed 0 (xxHash specification 0.1.1): the one hash, of ids, keys and checksums. */
SOTTO_API uint64_t sotto_hash(const void *bytes, size_t size);

/*
 * Manifest - which parts belong together
 *
 * memory    A view into the bytes. Keep it on the stack.
 * lifetime  The bytes must stay in place, unchanged, for as long as the manifest.
 * trust     The bytes may be hostile. Opening checks everything but the signature and the parts'
 *           SHA-256: those need cryptography, which is the host's.
 * threads   Read-only once open; share it freely.
 */
typedef enum sotto_kind {
    SOTTO_MODEL = 1, SOTTO_CATALOGUE = 2, SOTTO_CAMPAIGNS = 3, SOTTO_RANKER = 4, SOTTO_PICTURES = 5
} sotto_kind;

#define SOTTO_MANIFEST_MAX_SIZE 16384

typedef struct sotto_manifest {
    const uint8_t *bytes;          /* private */
    size_t         size;
    uint32_t       part_count;
    uint64_t       sequence;
    uint64_t       created_s;      /* seconds since 1970 */
    uint64_t       expires_s;      /* 0 = never */
    uint64_t       shop;           /* hash of the shop id */
    uint64_t       identity;
    size_t         signed_size;    /* the bytes under the signature: [0, signed_size) */
    const uint8_t *signature;      /* 64 bytes, or NULL */
    uint64_t       key_id;
} sotto_manifest;

typedef struct sotto_manifest_part {
    sotto_kind     kind;
    uint32_t       size;
    const uint8_t *sha256;         /* 32 bytes */
} sotto_manifest_part;

/* Opens a manifest. On failure returns the reason, leaves `manifest` untouched and says where. */
SOTTO_API sotto_status sotto_manifest_open(sotto_manifest *manifest, const void *bytes, size_t size,
                                           sotto_fault *fault);

/* Checks a manifest without opening it: the same reasons. */
SOTTO_API sotto_status sotto_manifest_check(const void *bytes, size_t size, sotto_fault *fault);

/* The index-th part, index < part_count. */
SOTTO_API sotto_manifest_part sotto_manifest_get(const sotto_manifest *manifest, uint32_t index);

/*
 * Bundle - what a shop published, opened for asking
 *
 * memory    Views into the parts' bytes and small decoding tables. Keep it on the stack.
 * lifetime  The bytes of each part must stay in place, unchanged, for as long as the bundle.
 * trust     The parts may be hostile. Opening checks once, so that asking never has to.
 * threads   Read-only once open; share it freely.
 *
 * A bundle starts zeroed. The model is opened first; the catalogue belongs to it; the campaigns may come
 * at any time. A bundle without a catalogue knows items but not what they look like; one without
 * campaigns has no slots but can still be asked with a slot of the caller's own.
 */
#define SOTTO_NO_ITEM UINT32_MAX
#define SOTTO_NO_PRICE UINT32_MAX
#define SOTTO_MAX_ITEMS 16777216u
#define SOTTO_MAX_ID_SIZE 512
#define SOTTO_MAX_LINKS 64
#define SOTTO_MAX_PICKS 32

/* Text inside a part: not terminated, empty if there is none. */
typedef struct sotto_text {
    const char *bytes;
    size_t      size;
} sotto_text;

typedef struct sotto_bundle sotto_bundle;     /* complete in model/bundle.h; ask its size with: */
SOTTO_API size_t sotto_bundle_size(void);

/* Makes `bundle`, in memory of sotto_bundle_size() bytes aligned to 8, an empty bundle. */
SOTTO_API void sotto_bundle_init(sotto_bundle *bundle);

/*
 * Opens a part and makes it the bundle's part of that kind, in place of an older one. A new model
 * drops the catalogue and the ranker (SOTTO_MISMATCH is for a catalogue whose identity or item count
 * does not fit). A ranker is opened by sotto_ranker_open and pictures by sotto_pictures_open; here
 * they are SOTTO_WRONG_KIND. On failure returns the reason, leaves `bundle` as it was and, if
 * `fault` is not NULL, says where.
 */
SOTTO_API sotto_status sotto_bundle_open(sotto_bundle *bundle, sotto_kind kind, const void *bytes,
                                         size_t size, sotto_fault *fault);

/* Whether a part of that kind is open. */
SOTTO_API bool sotto_bundle_has(const sotto_bundle *bundle, sotto_kind kind);

/* Items: the model's, then those only the catalogue knows. Indexes run from 0 to count - 1. */
SOTTO_API uint32_t sotto_item_count(const sotto_bundle *bundle);

/* Finds an item by the shop's own id or by its hash. SOTTO_NO_ITEM if the bundle never met it. */
SOTTO_API uint32_t sotto_item_find(const sotto_bundle *bundle, const char *id, size_t id_size);
SOTTO_API uint32_t sotto_item_find_hash(const sotto_bundle *bundle, uint64_t id_hash);

/* The shop's own id of an item, and its hash. index < sotto_item_count. */
SOTTO_API sotto_text sotto_item_id(const sotto_bundle *bundle, uint32_t index);
SOTTO_API uint64_t sotto_item_hash(const sotto_bundle *bundle, uint32_t index);

/* Popularity code of FORMAT.md 3.2, 0 for items the model does not know. */
SOTTO_API uint32_t sotto_item_popularity(const sotto_bundle *bundle, uint32_t index);

typedef enum sotto_relation {
    SOTTO_NEXT = 1,                /* looked at after it */
    SOTTO_TOGETHER = 2,            /* bought with it */
    SOTTO_VIEWED_BOUGHT = 3,       /* bought by those who looked at it */
    SOTTO_LOOKS = 4                /* looks like it; needs a catalogue */
} sotto_relation;

typedef struct sotto_link {
    uint32_t item;                 /* index */
    uint32_t weight;               /* Q16, at most 65,536 */
} sotto_link;

/*
 * Writes an item's links, in ascending order of index, at most SOTTO_MAX_LINKS; returns how many.
 * With a catalogue they may lead to items that the model does not know.
 */
SOTTO_API uint32_t sotto_item_links(const sotto_bundle *bundle, sotto_relation relation,
                                    uint32_t index, sotto_link links[SOTTO_MAX_LINKS]);

typedef enum sotto_top {
    SOTTO_TOP_POPULAR = 1, SOTTO_TOP_TRENDING = 2, SOTTO_TOP_NEW = 6
} sotto_top;

/* The index-th best item of a ranked list, SOTTO_NO_ITEM past its end. */
SOTTO_API uint32_t sotto_top_get(const sotto_bundle *bundle, sotto_top list, uint32_t index);

/*
 * What the catalogue says of an item. Without a catalogue: texts are empty, prices unknown, category
 * and brand SOTTO_NONE, listed and in_stock true.
 */
#define SOTTO_NONE UINT32_MAX

typedef struct sotto_item_facts {
    uint32_t price;                /* minor units, SOTTO_NO_PRICE if unknown */
    uint32_t list_price;
    uint32_t category;             /* index, or SOTTO_NONE */
    uint32_t brand;
    bool     listed;               /* may be shown at all */
    bool     in_stock;
} sotto_item_facts;

/* The facts of an item; of SOTTO_NO_ITEM, that nothing is known. */
SOTTO_API sotto_item_facts sotto_item_get(const sotto_bundle *bundle, uint32_t index);

typedef enum sotto_field { SOTTO_TITLE = 0, SOTTO_URL = 1, SOTTO_IMAGE = 2 } sotto_field;

/* An item's own text; empty means: use the template, if there is one. */
SOTTO_API sotto_text sotto_item_text(const sotto_bundle *bundle, sotto_field field, uint32_t index);
SOTTO_API sotto_text sotto_item_template(const sotto_bundle *bundle, sotto_field field);

/* An item's attributes: how many, and the number-th one's name and value. */
SOTTO_API uint32_t sotto_item_attribute_count(const sotto_bundle *bundle, uint32_t index);
SOTTO_API bool sotto_item_attribute(const sotto_bundle *bundle, uint32_t index, uint32_t number,
                                    sotto_text *name, sotto_text *value);

/*
 * Names by index, index < count. A parent is SOTTO_NONE at the root; a category's top list ends with
 * SOTTO_NO_ITEM.
 */
SOTTO_API uint32_t sotto_category_count(const sotto_bundle *bundle);
SOTTO_API sotto_text sotto_category_name(const sotto_bundle *bundle, uint32_t category);
SOTTO_API uint32_t sotto_category_parent(const sotto_bundle *bundle, uint32_t category);
SOTTO_API uint32_t sotto_category_top(const sotto_bundle *bundle, uint32_t category, uint32_t index);
SOTTO_API uint32_t sotto_brand_count(const sotto_bundle *bundle);
SOTTO_API sotto_text sotto_brand_name(const sotto_bundle *bundle, uint32_t brand);

/* The shop's settings (FORMAT.md section 5), defaults where there are no campaigns. */
typedef struct sotto_site {
    sotto_text shop_id, shop_name, currency, locale;
    uint32_t   price_decimals;
    uint32_t   just_bought_s, session_gap_s, retention_s, interest_half_life_s;
    uint32_t   standing_yes;       /* which yes of an earlier page counts at once: section 5, SITE */
} sotto_site;

/* The settings of the campaigns that are open, or the defaults. */
SOTTO_API sotto_site sotto_bundle_site(const sotto_bundle *bundle);

/*
 * Slot - a named place on a page, and how it is filled
 *
 * memory    Views into the campaigns part, or into arrays of the caller's own.
 */
typedef enum sotto_strategy {
    SOTTO_SIMILAR = 1, SOTTO_BOUGHT_TOGETHER = 2, SOTTO_FOR_YOU = 3, SOTTO_CART_CROSS_SELL = 4,
    SOTTO_RECENTLY_VIEWED = 5, SOTTO_POPULAR = 6, SOTTO_TRENDING = 7, SOTTO_MANUAL = 8,
    SOTTO_LOOKS_LIKE = 9, SOTTO_BUY_AGAIN = 10, SOTTO_NEW = 11, SOTTO_VIEWED_THEN_BOUGHT = 12
} sotto_strategy;

/* The field's name in site files and logs, such as "for-you"; NULL for an unknown number. */
SOTTO_API const char *sotto_strategy_name(sotto_strategy strategy);

enum {                             /* filters, FORMAT.md section 5 */
    SOTTO_SKIP_CART = 1u << 0, SOTTO_SKIP_BOUGHT = 1u << 1, SOTTO_SKIP_SOLD_OUT = 1u << 2,
    SOTTO_SKIP_PAGE = 1u << 3, SOTTO_SKIP_EXCLUDED = 1u << 4, SOTTO_SKIP_VIEWED = 1u << 5,
    SOTTO_KEEP_CATEGORY = 1u << 6, SOTTO_KEEP_PRICED = 1u << 7
};

typedef struct sotto_slot {
    sotto_text     name, heading;
    const uint8_t *strategies;     /* one byte each */
    uint32_t       strategy_count;
    uint32_t       count, min;     /* items wanted; fewer than min leave the shop's own content */
    uint32_t       filters;
    uint32_t       max_per_brand;  /* 0 = any number */
    const uint8_t *pinned;         /* 9 bytes each: position, item hash */
    uint32_t       pinned_count;
    const uint8_t *manual;         /* 8 bytes each */
    uint32_t       manual_count;
    const uint8_t *excluded;       /* 8 bytes each */
    uint32_t       excluded_count;
    uint32_t       price_low_percent, price_high_percent;   /* 0, 0 = none */
    uint32_t       price_low, price_high;                   /* minor units; 0, UINT32_MAX = none */
} sotto_slot;

/* The slots in the order of the part. index < count. */
SOTTO_API uint32_t sotto_slot_count(const sotto_bundle *bundle);
SOTTO_API sotto_slot sotto_slot_get(const sotto_bundle *bundle, uint32_t index);

/* Finds a slot by name: SOTTO_OK or SOTTO_NO_SLOT. */
SOTTO_API sotto_status sotto_slot_find(const sotto_bundle *bundle, const char *name,
                                       size_t name_size, sotto_slot *slot);

/*
 * Profile - what the device remembers of one shopper at one shop
 *
 * memory    One flat block of SOTTO_PROFILE_SIZE bytes that the caller lends, aligned to 8. No
 *           pointers: saving is copying, forgetting is clearing.
 * lifetime  As long as the caller likes; it outlives every bundle, since items are kept by hash.
 * trust     sotto_profile_open takes hostile bytes. After it, the block is trusted.
 * threads   One at a time.
 */
#define SOTTO_PROFILE_SIZE 7744u

typedef struct sotto_profile sotto_profile;

typedef enum sotto_event_kind {
    SOTTO_VIEW = 1, SOTTO_CLICK = 2, SOTTO_SEARCH = 3, SOTTO_CART_ADD = 4, SOTTO_CART_REMOVE = 5,
    SOTTO_CHECKOUT = 6, SOTTO_PURCHASE = 7, SOTTO_WISHLIST = 8, SOTTO_CATEGORY_VIEW = 9,
    SOTTO_DISMISS = 10
} sotto_event_kind;

/* "view", "cart_add", ...; NULL, or 0, for one that is unknown. */
SOTTO_API const char *sotto_event_name(sotto_event_kind kind);
SOTTO_API sotto_event_kind sotto_event_find(const char *name, size_t name_size);

typedef struct sotto_event {
    uint64_t         item;         /* hash of the id (of the category for a category_view), 0 none */
    uint32_t         time_s;       /* seconds since 1970 */
    sotto_event_kind kind;
    uint32_t         quantity;     /* 0 counts as 1; at most 65,535 */
} sotto_event;

/* Makes `block` an empty profile. `seed` is the host's chance, given once. */
SOTTO_API sotto_profile *sotto_profile_init(void *block, uint64_t seed, uint32_t now_s);

/* Checks saved bytes in place. `block` is SOTTO_PROFILE_SIZE bytes, aligned to 8. */
SOTTO_API sotto_status sotto_profile_open(void *block, size_t size, sotto_fault *fault);

/* Folds one event in. The bundle gives the item its category and brand; it may be empty. */
SOTTO_API void sotto_profile_fold(sotto_profile *profile, const sotto_bundle *bundle,
                                  const sotto_event *event);

/* Brings the checksum up to date, so that the block's bytes may be saved. */
SOTTO_API void sotto_profile_seal(sotto_profile *profile);

/* Forgets one item everywhere: events, cart, purchases. Returns how many entries went. */
SOTTO_API uint32_t sotto_profile_forget_item(sotto_profile *profile, uint64_t item);

/* Reading it back, for export and for the shopper. Newest first. false past the end. */
typedef struct sotto_interest {
    uint64_t key;                  /* hash of the category or brand */
    uint32_t value;                /* Q16, faded to now_s */
    uint32_t time_s;
} sotto_interest;

typedef struct sotto_purchase {
    uint64_t item;
    uint32_t time_s;               /* the last one */
    uint32_t times, quantity;
} sotto_purchase;

typedef struct sotto_cart_line {
    uint64_t item;
    uint32_t time_s;
    uint32_t quantity;
} sotto_cart_line;

typedef struct sotto_profile_summary {
    uint64_t seed;
    uint32_t created_s, updated_s, session_start_s, session_count, event_total;
    uint32_t event_count, cart_count, purchase_count, category_count, brand_count;
} sotto_profile_summary;

/* The summary; then the entries one by one: 0 is the newest, false past the end. */
SOTTO_API sotto_profile_summary sotto_profile_get(const sotto_profile *profile);
SOTTO_API bool sotto_profile_event(const sotto_profile *profile, uint32_t age, sotto_event *event);
SOTTO_API bool sotto_profile_cart(const sotto_profile *profile, uint32_t number,
                                  sotto_cart_line *line);
SOTTO_API bool sotto_profile_purchase(const sotto_profile *profile, uint32_t number,
                                      sotto_purchase *purchase);
SOTTO_API bool sotto_profile_category(const sotto_profile *profile, uint32_t number, uint32_t now_s,
                                      uint32_t half_life_s, sotto_interest *interest);
SOTTO_API bool sotto_profile_brand(const sotto_profile *profile, uint32_t number, uint32_t now_s,
                                   uint32_t half_life_s, sotto_interest *interest);

/*
 * Decision - what a slot shows now, and why
 *
 * memory    Scratch of sotto_decision_scratch_size() bytes, aligned to 8, and the answer: both the
 *           caller's. Nothing is kept between calls.
 * trust     All arguments are trusted; item indexes must be below sotto_item_count.
 * threads   Any number, each with its own scratch.
 *
 * A pure function of bundle, profile, context and slot. It touches only the items the history
 * reaches and, where those do not suffice, the head of a ranked list.
 */
typedef struct sotto_context {
    uint32_t        now_s;
    const uint32_t *page_items;    /* item indexes this page is about; the first leads */
    uint32_t        page_item_count;
    const uint32_t *cart_items;    /* used in place of the profile's cart if cart_given */
    uint32_t        cart_item_count;
    bool            cart_given;
    const struct sotto_shelf *shelf;   /* used if it is fresh (see below); NULL if there is none */
} sotto_context;

typedef enum sotto_reason_kind {
    SOTTO_BECAUSE_VIEWED = 1,      /* follows `item`, which the shopper viewed or is looking at */
    SOTTO_BECAUSE_TOGETHER = 2,    /* is bought with `item` */
    SOTTO_BECAUSE_SEEN = 3,        /* the shopper looked at it before */
    SOTTO_BECAUSE_CATEGORY = 4,    /* interest in its category */
    SOTTO_BECAUSE_BRAND = 5,       /* interest in its brand */
    SOTTO_BECAUSE_POPULAR = 6,
    SOTTO_BECAUSE_TRENDING = 7,
    SOTTO_BECAUSE_PINNED = 8,      /* placed by the shop */
    SOTTO_BECAUSE_MANUAL = 9,      /* chosen by the shop */
    SOTTO_BECAUSE_CATEGORY_TOP = 10, /* popular in the page item's category */
    SOTTO_BECAUSE_VIEWED_BOUGHT = 11, /* is bought by those who looked at `item` */
    SOTTO_BECAUSE_LOOKS = 12,      /* looks like `item` */
    SOTTO_BECAUSE_NEW = 13,
    SOTTO_BECAUSE_BOUGHT_BEFORE = 14 /* the shopper bought it, and it is time again */
} sotto_reason_kind;

#define SOTTO_MAX_REASONS 4

typedef struct sotto_reason {
    sotto_reason_kind kind;
    uint32_t          item;        /* source item, or category or brand index; SOTTO_NO_ITEM if none */
    uint32_t          points;      /* Q16: what this term added to the score */
} sotto_reason;

typedef struct sotto_pick {
    uint32_t       item;
    uint32_t       score;          /* Q16, saturating */
    sotto_strategy strategy;       /* which one found it */
    uint32_t       reason_count;
    sotto_reason   reasons[SOTTO_MAX_REASONS];   /* strongest first */
} sotto_pick;

typedef struct sotto_answer {
    uint32_t   count;              /* 0 means: leave the shop's own content */
    sotto_pick picks[SOTTO_MAX_PICKS];
} sotto_answer;

SOTTO_API size_t sotto_decision_scratch_size(void);

/*
 * Answers a slot. `profile` may be NULL (no consent: page and popularity only). SOTTO_NO_ROOM if
 * the scratch is too small; otherwise SOTTO_OK, with an empty answer if there is nothing better
 * than the shop's own content.
 */
SOTTO_API sotto_status sotto_decide(const sotto_bundle *bundle, const sotto_profile *profile,
                                    const sotto_context *context, const sotto_slot *slot,
                                    void *scratch, size_t scratch_size, sotto_answer *answer);

/*
 * Pictures - small pictures of items, published with the bundle
 *
 * memory    A view into the part's bytes. Keep it on the stack.
 * lifetime  The bytes must stay in place, unchanged, for as long as the pictures.
 * trust     The bytes may be hostile. Opening checks every offset; what is in a picture is for
 *           whoever draws it to judge.
 * threads   Read-only once open; share it freely.
 */
typedef enum sotto_picture_type {
    SOTTO_SVG = 1, SOTTO_PNG = 2, SOTTO_JPEG = 3, SOTTO_WEBP = 4, SOTTO_AVIF = 5
} sotto_picture_type;

#define SOTTO_MAX_PICTURES 65535u

typedef struct sotto_pictures {
    uint32_t       count;          /* items that have one */
    uint32_t       item_count;
    const uint8_t *has, *offsets, *types, *bytes;    /* private */
} sotto_pictures;

typedef struct sotto_picture {
    const uint8_t     *bytes;
    uint32_t           size;
    sotto_picture_type type;
} sotto_picture;

/*
 * Opens a pictures part. If `bundle`, which may be NULL, has a model, the part must be made for it
 * and its catalogue, else SOTTO_MISMATCH. On failure `pictures` stays as it was.
 */
SOTTO_API sotto_status sotto_pictures_open(sotto_pictures *pictures, const sotto_bundle *bundle,
                                           const void *bytes, size_t size, sotto_fault *fault);

/* The picture of an item; false if it has none, or there is no such item. */
SOTTO_API bool sotto_picture_get(const sotto_pictures *pictures, uint32_t item,
                                 sotto_picture *picture);

/* "image/png". */
SOTTO_API const char *sotto_picture_type_text(sotto_picture_type type);

#include "sotto_ranker.h"
#include "sotto_plan.h"

#endif
