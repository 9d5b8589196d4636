/*
 * localise.c - prefer links that stay near
 *
 * Items are put into an order in which linked ones stand close together (order.c), and a link costs
 * about two bits for each doubling of its distance. But distance is more than a cost: the order was
 * found from all links at once, so that two items stand close says that they are alike, even where
 * their own few pairs cannot. Of twice as many links as can be kept the best are chosen by
 *
 *     weight * (distance + 1)^-locality
 *
 * which on click logs makes them smaller and better at once. How much locality is good for a shop
 * is decided on the tail, and zero is allowed.
 */
#include "train/linking.h"

#include <math.h>

bool sotto_links_localise(const sotto_links *wide, const uint32_t *index_of, double locality,
                          uint32_t max_links, sotto_links *links)
{
    if (!sotto_links_init(links, wide->item_count, max_links)) {
        return false;
    }
    for (uint32_t i = 0; i < wide->item_count; i++) {
        const sotto_weighted *row = sotto_links_row(wide, i);
        sotto_best best = {links->links + (size_t)i * max_links, 0, max_links};
        double sum = 0;
        for (uint32_t k = 0; k < wide->counts[i]; k++) {
            double distance = fabs((double)index_of[i] - (double)index_of[row[k].item]);
            double weight = (double)row[k].weight * pow(distance + 1, -locality);
            sotto_best_offer(&best, (sotto_weighted){row[k].item, (float)weight});
        }
        sotto_best_sort(&best);
        for (uint32_t k = 0; k < best.count; k++) {
            sum += (double)best.heap[k].weight;
        }
        for (uint32_t k = 0; k < best.count && sum > 0; k++) {
            best.heap[k].weight = (float)((double)best.heap[k].weight / sum);
        }
        links->counts[i] = best.count;
    }
    return true;
}
