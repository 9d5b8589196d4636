/*
 * Quantise vectors - item vectors and the session encoder as small integers
 *
 * memory    A byte for each coordinate.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_QUANTISE_VECTORS_H
#define SOTTO_TRAIN_QUANTISE_VECTORS_H

#include "format/write.h"
#include "train/fit_vectors.h"

#define SOTTO_VECTOR_CLASSES_MAX    5u
#define SOTTO_VECTOR_DIMENSIONS_MAX 128u

/* Items whose popularity code is at least `least` get so many bits a coordinate (FORMAT.md). */
typedef struct sotto_widths {
    uint32_t           class_count;
    sotto_vector_class classes[SOTTO_VECTOR_CLASSES_MAX]; /* the steps are filled in below */
} sotto_widths;

/* The class of an item with this popularity code. */
uint32_t sotto_widths_class(const sotto_widths *widths, uint8_t popularity);

/*
 * Chooses the step of each class and codes the vectors: `codes` gets a row of dimensions for each
 * item, in the order of the material. `popularity` are the items' codes. Items without support are
 * coded as a direction that says nothing. False without memory.
 */
bool sotto_quantise_vectors(const sotto_vector_model *model, const uint8_t *popularity,
                            sotto_widths *widths, uint8_t *codes);

/* What a reader makes of a row of codes. */
void sotto_dequantise_row(const uint8_t *codes, uint32_t dimensions, sotto_vector_class class,
                          float *vector);

/* The encoder as FORMAT.md 5a.3 has it. */
typedef struct sotto_quantised_encoder {
    int32_t   affinity, position[SOTTO_PREFIX_MAX];
    int16_t  *depth;
    int8_t   *weights_1, *weights_2;
    uint32_t *scale_1, *scale_2;
    int32_t  *bias;
    void     *memory;
} sotto_quantised_encoder;

bool sotto_quantise_encoder(const sotto_session_encoder *encoder,
                            sotto_quantised_encoder *quantised);
void sotto_quantised_encoder_free(sotto_quantised_encoder *quantised);

#endif
