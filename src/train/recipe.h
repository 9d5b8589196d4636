/*
 * Recipe - the numbers that training is free to choose
 *
 * The first half says how counts become links, the second how links become a ranking. Tuning walks
 * over both; only the second half is published, as integers.
 */
#ifndef SOTTO_TRAIN_RECIPE_H
#define SOTTO_TRAIN_RECIPE_H

#include <stddef.h>
#include <stdint.h>

typedef enum sotto_knob {
    SOTTO_FORWARD_POWER,    /* a later item d events away counts d^-power */
    SOTTO_BACKWARD_WEIGHT,  /* an earlier item counts this much ... */
    SOTTO_BACKWARD_POWER,   /* ... times d^-power */
    SOTTO_AGE_DECAY,        /* the oldest session counts exp(-decay) of the latest */
    SOTTO_POPULARITY_POWER, /* divided by (times the other item was met)^power */
    SOTTO_CONTRAST,         /* a row's weights are raised to this power */
    SOTTO_HOP,              /* how much of the neighbours' neighbours is mixed in, */
    SOTTO_HOP_SHRINK,     /* divided by (times this item was met)^shrink: rare items borrow more */
    SOTTO_POSITION_DECAY, /* the k-th last event counts exp(-decay k), */
    SOTTO_POSITION_FLOOR, /* and never less than this */
    SOTTO_REPEAT_SCALE,   /* all repeats times this */
    SOTTO_REPEAT_LAST,    /* score of the last item itself */
    SOTTO_REPEAT_SECOND,  /* of the one before it */
    SOTTO_REPEAT_OLDER,   /* of the third last ... */
    SOTTO_REPEAT_DECAY,   /* ... times this for every further event */
    SOTTO_POPULARITY_WEIGHT, /* score per unit of POPU */
    SOTTO_KNOB_COUNT
} sotto_knob;

#define SOTTO_FIRST_RANKING_KNOB SOTTO_POSITION_DECAY

typedef struct sotto_recipe {
    double knobs[SOTTO_KNOB_COUNT];
} sotto_recipe;

#define SOTTO_HISTORY_COUNT 20 /* events of a session that count */

/* What both halves of the recipe are worth published: Q16 integers for `PARM`. */
typedef struct sotto_ranking_weights {
    uint32_t position[SOTTO_HISTORY_COUNT];
    uint32_t repeat[SOTTO_HISTORY_COUNT];
    uint32_t popularity;
} sotto_ranking_weights;

/* Values that did well on every log they were tried on; tuning starts here. */
sotto_recipe sotto_recipe_defaults(void);

sotto_ranking_weights sotto_recipe_weights(const sotto_recipe *recipe);

/* "forward_power=1 ..." for people. */
void sotto_recipe_print(const sotto_recipe *recipe, char *text, size_t text_size);

#endif
