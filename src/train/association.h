/*
 * Association - how much two items have to do with each other, from four counts
 */
#ifndef SOTTO_TRAIN_ASSOCIATION_H
#define SOTTO_TRAIN_ASSOCIATION_H

/* Of `all` baskets `first` hold the one item, `second` the other and `both` the two. */
typedef struct sotto_association {
    double support;             /* both / all */
    double confidence;          /* both / first: of those with the one, how many have the other */
    double confidence_back;     /* both / second */
    double lift;                /* how many times as often as chance would have it */
    double log_likelihood;      /* G2: how surprising that is */
    double p;                   /* how often chance alone would surprise as much */
} sotto_association;

/* first and second are at least both, all at least each of them; both is at least 1. */
sotto_association sotto_associate(double all, double first, double second, double both);

/*
 * The log-likelihood ratio of the two-by-two table (Dunning 1993),
 *
 *     G2 = 2 sum_cells observed * ln(observed / expected)
 *
 * It follows a chi-square distribution with one degree of freedom where all is chance.
 */
double sotto_log_likelihood_ratio(double all, double first, double second, double both);

/* One chance in a thousand: a pair below it is not published. */
#define SOTTO_LEAST_G2 10.83

#endif
