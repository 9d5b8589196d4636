/*
 * sotto_plan.h - the public interface of campaigns; sotto.h includes it
 *
 * The part of sotto.h that decides who is shown what, and how often:
 *
 *     what did the shop plan?        sotto_plan
 *     what is this moment like?      sotto_scene
 *     what was shown before?         sotto_ledger
 *     who is this?                   sotto_segments
 *     what is shown, and why not?    sotto_arbitrate
 *
 * docs/EXPRESSIONS.md and docs/CAMPAIGNS.md say what it all means, docs/FORMAT.md has the bytes.
 */
#ifndef SOTTO_PLAN_H
#define SOTTO_PLAN_H

#include "sotto.h"

#define SOTTO_MAX_SEGMENTS 256u
#define SOTTO_MAX_CAMPAIGNS 256u
#define SOTTO_MAX_EXPERIMENTS 64u
#define SOTTO_MAX_OFFERS 64u
#define SOTTO_MAX_ARMS 8u

/*
 * Plan - what merchandisers wrote, compiled
 *
 * memory    Views into the campaigns part, and where things are in it. 16 KB: not for a small stack.
 * lifetime  As the bundle's. Open it again when model, catalogue or campaigns were replaced: it
 *           keeps indexes of items, categories and brands.
 * trust     The part was opened; these sections of it may still be hostile. Opening checks all.
 * threads   Read-only once open; share it freely.
 */
typedef struct sotto_plan sotto_plan;

SOTTO_API size_t sotto_plan_size(void);

/*
 * Opens the plan of a bundle whose campaigns are open. `block` is sotto_plan_size() bytes, aligned
 * to 8; afterwards it is the plan. Campaigns without these sections have an empty plan. On failure
 * the block is an empty plan.
 */
SOTTO_API sotto_status sotto_plan_open(void *block, const sotto_bundle *bundle, sotto_fault *fault);

/*
 * Segments: how many that have a name, and that of the index-th, index < count. Behind them stand
 * those without, which only the plan's own expressions ask for.
 */
SOTTO_API uint32_t sotto_segment_count(const sotto_plan *plan);
SOTTO_API sotto_text sotto_segment_name(const sotto_plan *plan, uint32_t index);

/* How many campaigns, experiments and offers there are. */
SOTTO_API uint32_t sotto_campaign_count(const sotto_plan *plan);
SOTTO_API uint32_t sotto_experiment_count(const sotto_plan *plan);
SOTTO_API uint32_t sotto_offer_count(const sotto_plan *plan);

/* What stands in `cstr`; empty past its end. */
SOTTO_API sotto_text sotto_plan_text(const sotto_plan *plan, uint32_t string);

typedef enum sotto_block_kind {
    SOTTO_CAROUSEL = 1, SOTTO_GRID = 2, SOTTO_HERO = 3, SOTTO_INLINE = 4, SOTTO_POPUP = 5,
    SOTTO_SLIDE_IN = 6, SOTTO_BAR = 7, SOTTO_SHIPPING_BAR = 8, SOTTO_COUNTDOWN = 9, SOTTO_PROOF = 10,
    SOTTO_CART_REMINDER = 11, SOTTO_RECENT = 12, SOTTO_QUIZ = 13
} sotto_block_kind;

typedef enum sotto_trigger_kind {
    SOTTO_ON_PAGE = 1, SOTTO_ON_DWELL = 2, SOTTO_ON_VIEWED_NOT_ADDED = 3, SOTTO_ON_CART_IDLE = 4,
    SOTTO_ON_CART_VALUE = 5, SOTTO_ON_SCROLL = 6, SOTTO_ON_EXIT = 7, SOTTO_ON_INACTIVE = 8,
    SOTTO_ON_VISIT = 9, SOTTO_ON_RETURN = 10, SOTTO_ON_BACK_IN_STOCK = 11, SOTTO_ON_PRICE_DROP = 12,
    SOTTO_ON_NO_RESULTS = 13, SOTTO_ON_EVENT = 14
} sotto_trigger_kind;

enum { SOTTO_FREE_OF_CEILING = 1, SOTTO_WITHOUT_CONSENT = 2, SOTTO_ONCE_A_SUBJECT = 4 };

typedef struct sotto_trigger {
    uint32_t kind, a, b;           /* FORMAT.md 5c, camp */
} sotto_trigger;

typedef struct sotto_program {
    const uint8_t *bytes;          /* NULL: always true */
    uint32_t       size;
} sotto_program;

typedef struct sotto_campaign {
    sotto_text       name, place;
    uint64_t         key;          /* hash of the name */
    sotto_block_kind block;
    uint32_t         priority, flags;
    sotto_program    when;
    sotto_trigger    triggers[4];
    uint32_t         trigger_count;    /* 0 counts as one of SOTTO_ON_PAGE */
    uint32_t         starts_s, ends_s; /* 0 = open */
    uint32_t         cap_session, cap_day, cap_ever;          /* 0 = any number */
    uint32_t         pause_dismissed_s, pause_purchase_s, pause_shown_s;
    uint32_t         from_minute, to_minute;                  /* equal = all day */
    uint32_t         group;        /* 0 = none */
    uint32_t         experiment;   /* SOTTO_NONE if none */
    uint32_t         arms;         /* a bit for each arm */
    uint32_t         offer;        /* SOTTO_NONE if none */
    sotto_text       slot;         /* empty: it shows no items */
    uint32_t         least_items;
    const uint8_t   *fields;       /* their texts' numbers, varints, by ascending key */
    uint32_t         field_keys;   /* bit key - 1 for each */
} sotto_campaign;

/* index < count. */
SOTTO_API sotto_campaign sotto_campaign_get(const sotto_plan *plan, uint32_t index);

/* Whether it interrupts: a popup, slide-in or quiz that is not free of the ceiling. */
SOTTO_API bool sotto_campaign_interrupts(const sotto_campaign *campaign);

/* A field's text by its key; empty if the campaign has none. */
SOTTO_API sotto_text sotto_campaign_field(const sotto_plan *plan, const sotto_campaign *campaign,
                                          uint32_t key);

typedef enum sotto_allocation {
    SOTTO_FIXED = 0, SOTTO_EPSILON_GREEDY = 1, SOTTO_THOMPSON = 2
} sotto_allocation;

typedef struct sotto_arm {
    sotto_text name;
    uint32_t   weight;             /* of 10,000 */
    uint32_t   won, lost;          /* known of it already; 1 and 1 if it is no bandit */
} sotto_arm;

typedef struct sotto_experiment {
    sotto_text       name, seed, space;   /* space: the namespace, empty if none */
    sotto_allocation allocation;
    uint32_t         hash_version; /* 1 or 2 */
    uint32_t         win_by;       /* 0 a click, 1 a purchase, 2 what the shop tells */
    uint32_t         coverage, epsilon, space_from, space_to;   /* of 10,000 */
    uint32_t         arm_count;
    sotto_arm        arms[SOTTO_MAX_ARMS];
} sotto_experiment;

/* index < count. */
SOTTO_API sotto_experiment sotto_experiment_get(const sotto_plan *plan, uint32_t index);

typedef enum sotto_offer_kind {
    SOTTO_CODE = 1, SOTTO_VOUCHERS = 2, SOTTO_FREE_SHIPPING = 3, SOTTO_BUNDLE_OFFER = 4,
    SOTTO_EARLY_ACCESS = 5
} sotto_offer_kind;

typedef struct sotto_offer {
    sotto_text       name, label;
    uint64_t         key;          /* hash of the name */
    sotto_offer_kind kind;
    uint32_t         ends_s;       /* 0 = never */
    uint32_t         threshold;    /* minor units */
    const uint8_t   *codes;        /* varints, strings of the plan */
    uint32_t         code_count;
    const uint8_t   *items;        /* varints, keys of the plan */
    uint32_t         item_count;
} sotto_offer;

/* index < count. */
SOTTO_API sotto_offer sotto_offer_get(const sotto_plan *plan, uint32_t index);

/* The code of an offer for a shopper: the only one, or one of many, chosen by their seed. */
SOTTO_API sotto_text sotto_offer_code(const sotto_plan *plan, const sotto_offer *offer,
                                      uint64_t seed);

/* The number-th item of a bundle offer; SOTTO_NO_ITEM if the catalogue does not have it. */
SOTTO_API uint32_t sotto_offer_item(const sotto_plan *plan, const sotto_offer *offer,
                                    uint32_t number);

/*
 * Scene - this moment on this page, as the host sees it
 *
 * memory    All of it the caller's, read during the call alone.
 * trust     Trusted, but texts may hold any bytes.
 */
typedef enum sotto_account_kind {
    SOTTO_ACCOUNT_NUMBER = 1, SOTTO_ACCOUNT_TEXT = 2, SOTTO_ACCOUNT_TRUTH = 3
} sotto_account_kind;

typedef struct sotto_account_entry {
    sotto_text         name, text;
    sotto_account_kind kind;
    int64_t            number;     /* ten-thousandths; a truth is 0 or not */
} sotto_account_entry;

typedef struct sotto_forced {
    uint64_t experiment;           /* hash of its name */
    uint32_t arm;
} sotto_forced;

enum {                             /* signals: what has happened on this page view */
    SOTTO_SIGNAL_EXIT = 1, SOTTO_SIGNAL_NO_RESULTS = 2
};

typedef struct sotto_scene {
    uint32_t    now_s;
    int32_t     utc_offset_min;    /* of the shopper's clock */
    sotto_text  path, query, page_type, device, language, timezone, referrer;
    bool        touch;
    bool        stored;            /* the ledger will be there on the next page */
    const uint32_t *page_items;
    uint32_t    page_item_count;
    sotto_text  category;          /* the page's, by its whole path; empty if it is about none */
    const uint32_t *cart_items;    /* used in place of the profile's cart if cart_given */
    uint32_t    cart_item_count;
    bool        cart_given;
    uint32_t    page_active_s;     /* on this page view, told to the ledger or not */
    uint32_t    session_active_s;  /* not yet in the ledger: of the session, and of the first item */
    uint32_t    idle_s, scroll_percent, signals;
    const uint64_t            *events;     /* hashes of the names of custom events on this page */
    uint32_t                   event_count;
    const sotto_account_entry *account;
    uint32_t                   account_count;
    const sotto_forced        *forced;     /* variants for those who look after the shop */
    uint32_t                   forced_count;
    const uint32_t            *unplaced;   /* bits: campaigns that this page has no place for; or NULL */
    const struct sotto_shelf *shelf;   /* for the slots that campaigns show, as in sotto_context */
} sotto_scene;

/*
 * Ledger - what campaigns did with this shopper
 *
 * memory    One flat block of SOTTO_LEDGER_SIZE bytes that the caller lends, aligned to 8.
 * trust     sotto_ledger_open takes hostile bytes. After it, the block is trusted.
 */
#define SOTTO_LEDGER_SIZE 9312u

typedef struct sotto_ledger sotto_ledger;

/* An empty one for a profile: orders and what they cost are reckoned from its purchases. */
SOTTO_API sotto_ledger *sotto_ledger_init(void *block, const sotto_profile *profile,
                                          const sotto_bundle *bundle);

/* Checks saved bytes in place. SOTTO_MISMATCH if they are another profile's. */
SOTTO_API sotto_status sotto_ledger_open(void *block, size_t size, const sotto_profile *profile,
                                         sotto_fault *fault);

/* What happens to campaigns; the numbers go on where sotto_event_kind ends. */
typedef enum sotto_ledger_event {
    SOTTO_IMPRESSION = 11,         /* item: key of the campaign */
    SOTTO_CAMPAIGN_DISMISS = 12,
    SOTTO_CAMPAIGN_CLICK = 13,
    SOTTO_GIVEN = 14,              /* item: key of an offer, whose code was shown */
    SOTTO_REDEEMED = 15,
    SOTTO_EXPOSURE = 16,           /* item: key of an arm, hash(experiment, 0, arm) */
    SOTTO_WIN = 17,
    SOTTO_ANSWER = 18,             /* item: hash(question, 0, value) */
    SOTTO_UNANSWER = 19,
    SOTTO_DWELL = 20               /* item: what it was about, 0 none; quantity: seconds */
} sotto_ledger_event;

/*
 * Folds an event in, also the ones of sotto_event_kind; after sotto_profile_fold, if it takes the
 * event, so that the profile has it already. Only time_s, kind, item and quantity are read.
 */
SOTTO_API void sotto_ledger_fold(sotto_ledger *ledger, const sotto_plan *plan,
                                 const sotto_bundle *bundle, const sotto_profile *profile,
                                 const sotto_event *event, int32_t utc_offset_min);

/* Brings the checksum up to date. */
SOTTO_API void sotto_ledger_seal(sotto_ledger *ledger);

/* Forgets what it knows of an item: that it was watched, and for how long. */
SOTTO_API void sotto_ledger_forget_item(sotto_ledger *ledger, uint64_t item);

/*
 * Moment - all that evaluation reads, gathered once
 *
 * memory    sotto_moment_size() bytes, the caller's, aligned to 8: some 28 KB.
 * lifetime  While nothing that it was made from changes.
 *
 * Gathering resolves the items of the shopper's history, so that each expression over it is a loop
 * over small numbers. `profile` and `ledger` may both be NULL (no consent).
 */
typedef struct sotto_moment sotto_moment;

SOTTO_API size_t sotto_moment_size(void);

/* Gathers; what `block` points to is then the moment. */
SOTTO_API sotto_moment *sotto_moment_init(void *block, const sotto_plan *plan,
                                          const sotto_bundle *bundle, const sotto_profile *profile,
                                          const sotto_ledger *ledger, const sotto_scene *scene);

/* Runs a program that the plan's opening has checked. */
SOTTO_API bool sotto_program_run(sotto_moment *moment, sotto_program program);

/* Evaluates all segments, once for each moment: bit index % 32 of word index / 32. */
SOTTO_API const uint32_t *sotto_segments(sotto_moment *moment);

/*
 * Which arm of an experiment the shopper is in, or why none: docs/CAMPAIGNS.md section 6.
 */
#define SOTTO_NO_ARM UINT32_MAX    /* not covered, outside its namespace, or there is no profile */
SOTTO_API uint32_t sotto_experiment_arm(const sotto_moment *moment, uint32_t experiment);

/* The published hash: FNV-1a based, as GrowthBook's; of 10,000 (version 2) or of 1,000 times 10. */
SOTTO_API uint32_t sotto_bucket(const char *seed, size_t seed_size, const char *value,
                                size_t value_size, uint32_t version);

/*
 * Arbiter - which campaigns are shown now, and of every other the first rule that said no
 */
typedef enum sotto_rule {
    SOTTO_SHOWN = 0,
    SOTTO_VERDICT_DATES = 1,          /* not yet, or no longer; detail: when it starts, 0 if never */
    SOTTO_VERDICT_CONSENT = 2,        /* it needs a memory, and there is none */
    SOTTO_VERDICT_HOLDOUT = 3,
    SOTTO_VERDICT_WHEN = 4,           /* its expression is false */
    SOTTO_VERDICT_TRIGGER = 5,        /* detail: when it fires by time alone, 0 if it does not */
    SOTTO_VERDICT_OFFER = 6,          /* redeemed already, over, or its cart total not reached */
    SOTTO_VERDICT_EXPERIMENT = 7,     /* detail: the arm the shopper is in, or SOTTO_NO_ARM */
    SOTTO_VERDICT_HOURS = 8,          /* detail: until when */
    SOTTO_VERDICT_PAUSE = 9,          /* detail: until when */
    SOTTO_VERDICT_CAP_SESSION = 10,
    SOTTO_VERDICT_CAP_DAY = 11,       /* detail: until when */
    SOTTO_VERDICT_CAP_EVER = 12,
    SOTTO_VERDICT_PLACE_CAP = 13,
    SOTTO_VERDICT_ITEMS = 14,         /* fewer items than it needs */
    SOTTO_VERDICT_QUIET = 15,         /* detail: until when */
    SOTTO_VERDICT_CEILING = 16,       /* detail: until when */
    SOTTO_VERDICT_GROUP = 17,         /* detail: the campaign that is shown */
    SOTTO_VERDICT_PLACE = 18          /* detail: the campaign that is shown, SOTTO_NONE: no such place */
} sotto_rule;

typedef struct sotto_verdict {
    sotto_rule rule;
    uint32_t   detail;             /* a time, an arm, a campaign; see above */
    uint32_t   arm;                /* of its experiment, SOTTO_NO_ARM if it has none */
    uint32_t   subject;            /* the item it is about, SOTTO_NO_ITEM if none */
    bool       exposed;            /* the shopper is in its experiment, and but for the arm it would
                                      have been shown: count the exposure */
} sotto_verdict;

typedef struct sotto_verdicts {
    uint32_t      count;           /* a verdict for each campaign of the plan */
    uint32_t      next_s;          /* the earliest time at which time alone may change one, but for
                                      what expressions say of time; 0 none */
    uint32_t      next_active_s;   /* the same in seconds of active time on this page, from now; 0 none */
    sotto_verdict list[SOTTO_MAX_CAMPAIGNS];
} sotto_verdicts;

/*
 * Decides. `showing` are the indexes of the campaigns that are on the page at the moment: they keep
 * their places while nothing but time and caps has changed. `scratch` as for sotto_decide, for the
 * slots that campaigns show.
 */
SOTTO_API sotto_status sotto_arbitrate(sotto_moment *moment, const uint32_t *showing,
                                       uint32_t showing_count, void *scratch, size_t scratch_size,
                                       sotto_verdicts *verdicts);

/* "cap-session"; NULL for an unknown number. Also of blocks and triggers, as site files name them. */
SOTTO_API const char *sotto_rule_name(uint32_t rule);
SOTTO_API const char *sotto_block_name(uint32_t block);
SOTTO_API const char *sotto_trigger_name(uint32_t trigger);

#endif
