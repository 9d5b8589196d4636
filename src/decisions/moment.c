/*
 * moment.c - a moment begins
 */
#include "decisions/moment.h"

size_t sotto_moment_size(void)
{
    return sizeof(struct sotto_moment);
}

/* Seconds since 1970 by the shopper's own clock; not before. */
static uint64_t local_time_of(const sotto_scene *scene)
{
    int64_t local = (int64_t)scene->now_s + 60 * (int64_t)scene->utc_offset_min;
    return local < 0 ? 0 : (uint64_t)local;
}

sotto_moment *sotto_moment_init(void *block, const sotto_plan *plan, const sotto_bundle *bundle,
                                const sotto_profile *profile, const sotto_ledger *ledger,
                                const sotto_scene *scene)
{
    sotto_moment *moment = memset(block, 0, sizeof *moment);
    moment->plan = plan;
    moment->bundle = bundle;
    moment->profile = profile;
    moment->ledger = profile ? ledger : NULL;
    moment->scene = scene;
    moment->now_s = scene->now_s;
    moment->day = (uint32_t)(local_time_of(scene) / 86400);
    moment->minute_of_day = (uint32_t)(local_time_of(scene) / 60 % 1440);
    moment->page_item = scene->page_item_count > 0 ? scene->page_items[0] : SOTTO_NO_ITEM;
    if (profile) {
        moment->session_start_s = sotto_min_u32(profile->session_start_s, scene->now_s);
        sotto_moment_gather(moment);
    }
    sotto_moment_cart_gather(moment);
    return moment;
}

bool sotto_category_within(const sotto_bundle *bundle, uint32_t category, uint32_t outer)
{
    /* A parent has a lower index than its children. */
    while (category != SOTTO_NONE && category > outer) {
        category = sotto_category_parent(bundle, category);
    }
    return category == outer && outer != SOTTO_NONE;
}
