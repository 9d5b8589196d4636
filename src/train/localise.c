/*
 * localise.c - prefer links that stay near
 *
 * Items are put into an order in which linked ones stand close together (order.c), and a link costs
 * about two bits for each doubling of its distance. But distance is more than a cost: the order was
 * found from all links at once, so that two items stand close says that they are alike, even where
 * their own few pairs cannot. So a link is worth
 *
 *     weight * (distance + 1)^-locality
 *
 * and of twice as many links as can be kept those stay that are worth most for their bits (thin.c),
 * which on click logs makes them smaller and no worse. How much locality is good for a shop is
 * decided on the tail, and zero is allowed.
 */
#include "train/linking.h"
#include "train/thin.h"

#include <math.h>

/* What a row's links are worth, those that stay first. Returns how many do. */
static uint32_t weigh_row(const sotto_links *wide, uint32_t item, const uint32_t *index_of,
                          double locality, uint32_t max_links, sotto_thin_link *near)
{
    const sotto_weighted *row = sotto_links_row(wide, item);
    uint32_t count = wide->counts[item];
    for (uint32_t k = 0; k < count; k++) {
        near[k] = (sotto_thin_link){0, row[k].item, row[k].weight, 0};
        if (index_of != NULL) {
            near[k].index = index_of[row[k].item];
            double distance = fabs((double)index_of[item] - (double)near[k].index);
            near[k].weight = (float)((double)row[k].weight * pow(distance + 1, -locality));
        }
    }
    if (index_of != NULL) {
        sotto_thin_row(near, count, index_of[item], max_links);
    }
    return count < max_links ? count : max_links; /* as they come, the strongest are the first */
}

bool sotto_links_localise(const sotto_links *wide, const uint32_t *index_of, double locality,
                          uint32_t max_links, sotto_links *links)
{
    if (!sotto_links_init(links, wide->item_count, max_links)) {
        return false;
    }
    for (uint32_t i = 0; i < wide->item_count; i++) {
        sotto_best best = {links->links + (size_t)i * max_links, 0, max_links};
        sotto_thin_link near[SOTTO_THIN_MAX];
        uint32_t count = weigh_row(wide, i, index_of, locality, max_links, near);
        double sum = 0;
        for (uint32_t k = 0; k < count; k++) {
            sotto_best_offer(&best, (sotto_weighted){near[k].place, near[k].weight});
            sum += (double)near[k].weight;
        }
        sotto_best_sort(&best);
        for (uint32_t k = 0; k < best.count && sum > 0; k++) {
            best.heap[k].weight = (float)((double)best.heap[k].weight / sum);
        }
        links->counts[i] = best.count;
    }
    return true;
}
