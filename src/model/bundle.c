/*
 * bundle.c - putting the parts together
 *
 * A part is opened into a place of its own and moved into the bundle only when nothing is wrong
 * with it, so a page that fetches a damaged update goes on with what it has. The tables of the
 * model's links are the one large thing in a bundle: their section is checked first, and then
 * they are built in place.
 */
#include "model/bundle.h"

#include "base/fixed.h"
#include "format/part.h"

enum { IDS, POPU, TOPS, PARM, LNK1, LNK2, LNK3, KNOWN, REQUIRED = LNK1 };

static const sotto_part_shape model_shape = {
    SOTTO_MODEL, KNOWN, REQUIRED,
    {
        SOTTO_TAG('I', 'D', 'S', ' '), SOTTO_TAG('P', 'O', 'P', 'U'),
        SOTTO_TAG('T', 'O', 'P', 'S'), SOTTO_TAG('P', 'A', 'R', 'M'),
        SOTTO_TAG('L', 'N', 'K', '1'), SOTTO_TAG('L', 'N', 'K', '2'),
        SOTTO_TAG('L', 'N', 'K', '3'),
    },
};

/* The tables of a part, by relation. `links` may be NULL, to check only. */
static void open_links(sotto_link_table *links, sotto_reader *reader, const sotto_section *sections,
                       uint32_t item_count)
{
    for (uint32_t i = 0; i < SOTTO_RELATION_COUNT; i++) {
        if (sotto_section_exists(&sections[i])) {
            sotto_reader_enter(reader, &sections[i]);
            sotto_links_open(links == NULL ? NULL : &links[i], reader, item_count);
        }
    }
}

static void open_model(sotto_bundle *bundle, sotto_reader *reader)
{
    sotto_part part;
    sotto_part_open(&part, &model_shape, reader);
    const sotto_section *sections = part.sections;
    uint32_t n = part.item_count;
    sotto_ids ids;
    sotto_popularity popularity = {0};
    sotto_parameters parameters;
    sotto_reader_enter(reader, &sections[IDS]);
    sotto_ids_open(&ids, reader, n);
    sotto_reader_enter(reader, &sections[POPU]);
    popularity.codes = sotto_reader_take(reader, n);
    sotto_reader_finish(reader);
    sotto_reader_enter(reader, &sections[TOPS]);
    sotto_tops_open(&popularity, reader, n);
    open_links(NULL, reader, &sections[LNK1], n);
    sotto_reader_enter(reader, &sections[PARM]);
    sotto_parameters_open(&parameters, reader);
    if (reader->status != SOTTO_OK) {
        return;
    }

    bundle->item_count = n;
    bundle->identity = part.identity;
    bundle->ids = ids;
    bundle->popularity = popularity;
    bundle->parameters = parameters;
    memset(bundle->links, 0, sizeof bundle->links);
    open_links(bundle->links, reader, &sections[LNK1], n);
    memset(&bundle->catalogue, 0, sizeof bundle->catalogue);
    bundle->ranker = NULL;
}

static void open_catalogue(sotto_bundle *bundle, sotto_reader *reader)
{
    sotto_catalogue catalogue;
    sotto_part part;
    const sotto_section *sections = &part.sections[SOTTO_CATALOGUE_LINKS];
    sotto_link_table *links = &bundle->links[SOTTO_RELATION_COUNT];
    sotto_catalogue_open(&catalogue, &part, reader, bundle->item_count, bundle->identity);
    open_links(NULL, reader, sections, part.item_count);
    if (reader->status == SOTTO_OK) {
        bundle->catalogue = catalogue;
        bundle->popularity.tops[SOTTO_TOP_NEW - 1] = catalogue.newest;
        bundle->popularity.top_counts[SOTTO_TOP_NEW - 1] = catalogue.newest_count;
        memset(links, 0, sizeof bundle->links / 2);
        open_links(links, reader, sections, part.item_count);
    }
}

size_t sotto_bundle_size(void)
{
    return sizeof(sotto_bundle);
}

void sotto_bundle_init(sotto_bundle *bundle)
{
    memset(bundle, 0, sizeof *bundle);
    sotto_parameters_init(&bundle->parameters);
    sotto_campaigns_init(&bundle->campaigns);
}

sotto_status sotto_bundle_open(sotto_bundle *bundle, sotto_kind kind, const void *bytes,
                               size_t size, sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, sotto_u32_saturate(size));
    if (kind == SOTTO_CATALOGUE) {
        open_catalogue(bundle, &reader);
    } else if (kind == SOTTO_CAMPAIGNS) {
        sotto_campaigns campaigns;
        sotto_campaigns_open(&campaigns, &reader);
        if (reader.status == SOTTO_OK) {
            bundle->campaigns = campaigns;
        }
    } else if (kind == SOTTO_MODEL) {
        open_model(bundle, &reader);
    } else {
        sotto_reader_refuse(&reader, SOTTO_WRONG_KIND, SOTTO_HEAD_KIND, "another kind of part");
    }
    if (reader.status != SOTTO_OK && fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}

bool sotto_bundle_has(const sotto_bundle *bundle, sotto_kind kind)
{
    switch (kind) {
    case SOTTO_MODEL: return bundle->popularity.codes != NULL;
    case SOTTO_CATALOGUE: return bundle->catalogue.columns != NULL;
    case SOTTO_CAMPAIGNS: return bundle->campaigns.slots != NULL;
    case SOTTO_RANKER: return bundle->ranker != NULL;
    case SOTTO_PICTURES: break; /* they lie beside it: model/pictures.c */
    }
    return false;
}
