/*
 * recipe.c - the numbers that training is free to choose
 */
#include "train/recipe.h"

#include <math.h>
#include <stdio.h>

static const struct {
    const char *name;
    double      value;
} defaults[SOTTO_KNOB_COUNT] = {
    [SOTTO_FORWARD_POWER] = {"forward_power", 1.4},
    [SOTTO_BACKWARD_WEIGHT] = {"backward_weight", 0.5},
    [SOTTO_BACKWARD_POWER] = {"backward_power", 1.6},
    [SOTTO_AGE_DECAY] = {"age_decay", 1.4},
    [SOTTO_POPULARITY_POWER] = {"popularity_power", 0.1},
    [SOTTO_CONTRAST] = {"contrast", 1.2},
    [SOTTO_HOP] = {"hop", 2},
    [SOTTO_HOP_SHRINK] = {"hop_shrink", 0.25},
    [SOTTO_POSITION_DECAY] = {"position_decay", 1.0},
    [SOTTO_POSITION_FLOOR] = {"position_floor", 0.005},
    [SOTTO_REPEAT_SCALE] = {"repeat_scale", 1},
    [SOTTO_REPEAT_LAST] = {"repeat_last", 0.5},
    [SOTTO_REPEAT_SECOND] = {"repeat_second", 0.3},
    [SOTTO_REPEAT_OLDER] = {"repeat_older", 0.08},
    [SOTTO_REPEAT_DECAY] = {"repeat_decay", 0.85},
    [SOTTO_POPULARITY_WEIGHT] = {"popularity_weight", 0.00005},
};

sotto_recipe sotto_recipe_defaults(void)
{
    sotto_recipe recipe;
    for (size_t i = 0; i < SOTTO_KNOB_COUNT; i++) {
        recipe.knobs[i] = defaults[i].value;
    }
    return recipe;
}

static uint32_t q16(double value)
{
    return value <= 0 ? 0 : value >= 64 ? 64 * 65536u : (uint32_t)(value * 65536 + 0.5);
}

sotto_ranking_weights sotto_recipe_weights(const sotto_recipe *recipe)
{
    const double *knobs = recipe->knobs;
    sotto_ranking_weights weights;
    for (int k = 0; k < SOTTO_HISTORY_COUNT; k++) {
        double position = exp(-knobs[SOTTO_POSITION_DECAY] * k);
        double floor_value = knobs[SOTTO_POSITION_FLOOR];
        weights.position[k] = q16(position > floor_value ? position : floor_value);
        double repeat = k == 0 ? knobs[SOTTO_REPEAT_LAST]
                        : k == 1
                            ? knobs[SOTTO_REPEAT_SECOND]
                            : knobs[SOTTO_REPEAT_OLDER] * pow(knobs[SOTTO_REPEAT_DECAY], k - 2);
        weights.repeat[k] = q16(repeat * knobs[SOTTO_REPEAT_SCALE]);
        weights.repeat[k] += weights.repeat[k] == 0 ? 1 : 0; /* a seen item stays a candidate */
    }
    weights.popularity = q16(knobs[SOTTO_POPULARITY_WEIGHT]);
    return weights;
}

void sotto_recipe_print(const sotto_recipe *recipe, char *text, size_t text_size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < SOTTO_KNOB_COUNT && used < text_size; i++) {
        used += (size_t)snprintf(text + used, text_size - used, "%s%s=%.3g", i > 0 ? " " : "",
                                 defaults[i].name, recipe->knobs[i]);
    }
}
