/*
 * request.h - what is asked: the arguments of one decision, together
 */
#ifndef SOTTO_RANKING_REQUEST_H
#define SOTTO_RANKING_REQUEST_H

#include "model/bundle.h"

typedef struct sotto_request {
    const sotto_bundle  *bundle;
    const sotto_profile *profile;  /* NULL: nothing is known of the shopper */
    const sotto_context *context;
    const sotto_slot    *slot;
} sotto_request;

/* The shop's settings, where they lie. */
static inline const sotto_site *sotto_request_site(const sotto_request *request)
{
    return &request->bundle->campaigns.site;
}

/* The facts of the page's first item; nothing is known of a page without one. */
sotto_item_facts sotto_request_page(const sotto_request *request);

/* Whether something is so long ago that the shop does not want to know it any more. */
bool sotto_request_is_old(const sotto_request *request, uint32_t time_s);

#endif
