/*
 * parameters.h - how links become a ranking (FORMAT.md section 3.5)
 *
 * All numbers are Q16. What a model leaves out has the document's default.
 */
#ifndef SOTTO_MODEL_PARAMETERS_H
#define SOTTO_MODEL_PARAMETERS_H

#include "format/reader.h"

typedef struct sotto_parameters {
    uint32_t history_count;                          /* 1 to 32: how far back events count */
    uint32_t position_weight[SOTTO_PARM_MAX_HISTORY];   /* by age, 0 the latest; at most 64.0 */
    uint32_t repeat_weight[SOTTO_PARM_MAX_HISTORY];

    /* By name, or by key - 1. At most 16,777,216. */
    union {
        struct {
            uint32_t next_mix;
            uint32_t together_mix;
            uint32_t popularity_weight;
            uint32_t cart_weight;
            uint32_t purchase_weight;
            uint32_t category_weight;
            uint32_t brand_weight;
        };
        uint32_t values[SOTTO_PARM_KNOWN_KEYS];
    };
} sotto_parameters;

/* Those of a bundle without a model: one event counts, all else has its default. */
void sotto_parameters_init(sotto_parameters *parameters);

/* Reads a section of parameters. */
void sotto_parameters_open(sotto_parameters *parameters, sotto_reader *reader);

#endif
