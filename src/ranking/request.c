/*
 * request.c - what is asked: the arguments of one decision, together
 */
#include "ranking/request.h"

#include "profile/profile.h"

sotto_item_facts sotto_request_page(const sotto_request *request)
{
    const sotto_context *context = request->context;
    return sotto_item_get(request->bundle, context->page_item_count == 0 ? SOTTO_NO_ITEM
                                                                         : context->page_items[0]);
}

bool sotto_request_is_old(const sotto_request *request, uint32_t time_s)
{
    return sotto_age_s(time_s, request->context->now_s) > sotto_request_site(request)->retention_s;
}
