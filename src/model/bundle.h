/*
 * bundle.h - what a shop published, all parts together
 */
#ifndef SOTTO_MODEL_BUNDLE_H
#define SOTTO_MODEL_BUNDLE_H

#include "model/campaigns.h"
#include "model/catalogue.h"
#include "model/items.h"
#include "model/links.h"
#include "model/parameters.h"
#include "model/popularity.h"

/* Tables of links: the model's by relation, then the catalogue's. */
enum { SOTTO_RELATION_COUNT = SOTTO_LOOKS, SOTTO_LINK_TABLES = 2 * SOTTO_RELATION_COUNT };

struct sotto_bundle {
    uint32_t         item_count;   /* of the model, 0 if there is none */
    uint64_t         identity;     /* of its item table */
    sotto_ids        ids;
    sotto_popularity popularity;
    sotto_parameters parameters;
    sotto_catalogue  catalogue;
    sotto_campaigns  campaigns;
    sotto_link_table links[SOTTO_LINK_TABLES];       /* by relation - 1 */
    const sotto_ranker *ranker;    /* NULL: there is none; model/ranker.h */
};

/* How links become a ranking; defaults where there is no model. */
static inline const sotto_parameters *sotto_bundle_parameters(const sotto_bundle *bundle)
{
    return &bundle->parameters;
}

#endif
