/*
 * parameters.c - weights by age and a list of keys with values
 */
#include "model/parameters.h"

#include "base/fixed.h"

_Static_assert(offsetof(sotto_parameters, brand_weight) ==
                   offsetof(sotto_parameters, values[SOTTO_PARM_KNOWN_KEYS - 1]),
               "names stand in the order of their keys");

static const sotto_parameters defaults = {
    .history_count = 1,
    .position_weight = {SOTTO_Q16_ONE},
    .next_mix = SOTTO_Q16_ONE,
    .together_mix = SOTTO_Q16_ONE / 4,
    .cart_weight = 2 * SOTTO_Q16_ONE,
    .purchase_weight = SOTTO_Q16_ONE,
    .category_weight = 6554,
    .brand_weight = 3277,
};

void sotto_parameters_init(sotto_parameters *parameters)
{
    *parameters = defaults;
}

static void read_weights(uint32_t *weights, uint32_t count, sotto_reader *reader)
{
    for (uint32_t i = 0; i < count; i++) {
        weights[i] = sotto_reader_number(reader, 4, 0, SOTTO_PARM_MAX_WEIGHT);
    }
}

void sotto_parameters_open(sotto_parameters *parameters, sotto_reader *reader)
{
    sotto_parameters_init(parameters);
    parameters->history_count = sotto_reader_number(reader, 2, 1, SOTTO_PARM_MAX_HISTORY);
    uint32_t parameter_count = sotto_reader_number(reader, 2, 0, SOTTO_PARM_MAX_PARAMETERS);
    read_weights(parameters->position_weight, parameters->history_count, reader);
    read_weights(parameters->repeat_weight, parameters->history_count, reader);
    for (uint32_t i = 0; i < parameter_count; i++) {
        uint32_t key = sotto_reader_number(reader, 2, 0, UINT16_MAX);
        bool known = key - 1 < SOTTO_PARM_KNOWN_KEYS;
        sotto_reader_number(reader, 2, 0, 0);
        uint32_t most = known ? SOTTO_PARM_MAX_VALUE : UINT32_MAX;
        uint32_t value = sotto_reader_number(reader, 4, 0, most);
        if (known) {
            parameters->values[key - 1] = value;
        }
    }
    sotto_reader_finish(reader);
}
