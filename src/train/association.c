/*
 * association.c - how much two items have to do with each other, from four counts
 */
#include "train/association.h"

#include <math.h>

static double term(double observed, double expected)
{
    return observed > 0 ? observed * log(observed / expected) : 0;
}

double sotto_log_likelihood_ratio(double all, double first, double second, double both)
{
    return 2 * (term(both, first * second / all)
                + term(first - both, first * (all - second) / all)
                + term(second - both, (all - first) * second / all)
                + term(all - first - second + both, (all - first) * (all - second) / all));
}

sotto_association sotto_associate(double all, double first, double second, double both)
{
    double g2 = sotto_log_likelihood_ratio(all, first, second, both);
    g2 = g2 > 0 ? g2 : 0; /* rounding */
    return (sotto_association){
        .support = both / all,
        .confidence = both / first,
        .confidence_back = both / second,
        .lift = both * all / (first * second),
        .log_likelihood = g2,
        .p = erfc(sqrt(g2 / 2)),
    };
}
