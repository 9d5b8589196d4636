/*
 * history.c - the last 256 things a shopper did
 *
 * A ring: `head` is where the next event goes, the `count` before it are kept. Age counts backwards
 * from the head, so age 0 is what happened last, whatever the clock said when it happened.
 *
 *        oldest                 latest
 *     ... [ age 2 ] [ age 1 ] [ age 0 ] head ...
 *
 * A session is the longest run of latest events with no gap longer than the shop's session gap. A
 * clock that was set back makes a gap as well: two times far apart are not one visit, whichever
 * comes first.
 */
#include "profile/profile.h"

/* Where the event of this age lies; age -1 is where the next one goes. */
static sotto_profile_event_entry *place_of(const sotto_profile *profile, uint32_t age)
{
    uint32_t index = (profile->event_head - age - 1u) % SOTTO_PROFILE_EVENTS;
    return &((sotto_profile *)(uintptr_t)profile)->events[index];
}

const sotto_profile_event_entry *sotto_history_get(const sotto_profile *profile, uint32_t age)
{
    return age < profile->event_count ? place_of(profile, age) : NULL;
}

void sotto_history_add(sotto_profile *profile, const sotto_event *event)
{
    *place_of(profile, UINT32_MAX) = (sotto_profile_event_entry){
        .item = event->item,
        .time_s = event->time_s,
        .kind = (uint8_t)event->kind,
        .quantity = (uint16_t)sotto_min_u32(event->quantity, SOTTO_QUANTITY_MAX),
    };
    profile->event_head = (uint16_t)((profile->event_head + 1u) % SOTTO_PROFILE_EVENTS);
    if (profile->event_count < SOTTO_PROFILE_EVENTS) {
        profile->event_count++;
    }
}

/* A category_view's key is not an item, even where a shop calls both the same. */
static bool is_about(const sotto_profile_event_entry *event, uint64_t item)
{
    return event->item == item && item != 0 && event->kind != SOTTO_CATEGORY_VIEW;
}

/*
 * What stays keeps its order and moves towards the head; the oldest places become free. Nothing
 * moves unless something goes, and what moves never overtakes what is still to be read.
 */
uint32_t sotto_history_drop(sotto_profile *profile, uint64_t item, uint32_t now_s,
                            uint32_t retention_s)
{
    uint32_t kept = 0;
    uint32_t count = profile->event_count;
    for (uint32_t age = 0; age < count; age++) {
        sotto_profile_event_entry *event = place_of(profile, age);
        if (!is_about(event, item) && sotto_age_s(event->time_s, now_s) <= retention_s) {
            sotto_profile_event_entry *to = place_of(profile, kept++);
            if (to == event) {
                continue;
            }
            memcpy(to, event, sizeof *to);
        }
        memset(event, 0, sizeof *event);
    }
    profile->event_count = (uint16_t)kept;
    return count - kept;
}

static uint32_t distance_s(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

uint32_t sotto_history_session(const sotto_profile *profile, uint32_t now_s, uint32_t gap_s)
{
    uint32_t time_s = now_s;
    uint32_t count = 0;
    const sotto_profile_event_entry *event;
    while ((event = sotto_history_get(profile, count)) != NULL
           && distance_s(event->time_s, time_s) <= gap_s) {
        time_s = event->time_s;
        count++;
    }
    return count;
}

bool sotto_history_dismissed(const sotto_profile *profile, uint64_t item)
{
    const sotto_profile_event_entry *event;
    for (uint32_t age = 0; (event = sotto_history_get(profile, age)) != NULL; age++) {
        if (is_about(event, item)) {
            return event->kind == SOTTO_DISMISS;
        }
    }
    return false;
}

bool sotto_profile_event(const sotto_profile *profile, uint32_t age, sotto_event *event)
{
    const sotto_profile_event_entry *entry = sotto_history_get(profile, age);
    if (!entry) {
        return false;
    }
    *event = (sotto_event){entry->item, entry->time_s, (sotto_event_kind)entry->kind,
                           entry->quantity};
    return true;
}
