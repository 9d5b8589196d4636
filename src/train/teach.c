/*
 * teach.c - what several models that were learned apart think of a batch, for one more to learn
 *
 * Models from different seeds make different mistakes, and their average is better than any of
 * them, by more than anything else that was tried. But a device can only hold one. So one more is
 * taught what the others think (Hinton, Vinyals and Dean 2015): besides being told which item came
 * next, it is told for every other item of the sample how likely the others hold it:
 *
 *     z_j  = mean over teachers of sharpness * s.e_j  -  ln(expected draws of j)
 *     share_j = e^z_j / sum
 *
 * The teachers see the whole session, the learner one with items hidden. On click logs it is worth
 * 0.4 points of HR@20, or half of the dimensions.
 */
#include "train/teach.h"

#include "train/lanes.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

#define NEVER (-1e30f)

bool sotto_lesson_init(sotto_lesson *lesson, const sotto_teacher *teachers, uint32_t teacher_count,
                       uint32_t questions, uint32_t negatives)
{
    uint32_t widest = 0;
    *lesson = (sotto_lesson){.teacher_count = teacher_count};
    bool good = true;
    for (uint32_t i = 0; i < teacher_count; i++) {
        lesson->teachers[i] = teachers[i];
        uint32_t dimensions = teachers[i].vectors->dimensions;
        widest = dimensions > widest ? dimensions : widest;
        good = good && sotto_encoding_init(&lesson->encodings[i], teachers[i].encoder, questions);
    }
    lesson->rows = malloc(((size_t)negatives * widest + 1) * sizeof(float));
    lesson->shares = malloc(((size_t)questions * negatives + 1) * sizeof(float));
    lesson->targets = malloc(((size_t)questions + 1) * sizeof(float));
    lesson->whole = malloc(((size_t)questions + 1) * sizeof *lesson->whole);
    if (good && lesson->rows != NULL && lesson->shares != NULL && lesson->targets != NULL
        && lesson->whole != NULL) {
        return true;
    }
    sotto_lesson_free(lesson);
    return false;
}

void sotto_lesson_free(sotto_lesson *lesson)
{
    for (uint32_t i = 0; i < SOTTO_TEACHERS_MAX; i++) {
        sotto_encoding_free(&lesson->encodings[i]);
    }
    free(lesson->rows);
    free(lesson->shares);
    free(lesson->targets);
    free(lesson->whole);
    memset(lesson, 0, sizeof *lesson);
}

/* Adds one teacher's part of the products. */
static void hear(sotto_lesson *lesson, uint32_t number, const sotto_negatives *negatives,
                 float sharpness, uint32_t count)
{
    const sotto_teacher *teacher = &lesson->teachers[number];
    sotto_encoding *encoding = &lesson->encodings[number];
    uint32_t dimensions = teacher->vectors->dimensions;
    float part = sharpness / (float)lesson->teacher_count;
    sotto_encode(teacher->encoder, teacher->vectors, lesson->whole, count, encoding);
    for (uint32_t j = 0; j < negatives->count; j++) {
        memcpy(lesson->rows + (size_t)j * dimensions,
               sotto_embedding_of(teacher->vectors, negatives->drawn[j]),
               dimensions * sizeof(float));
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)count, (int)negatives->count,
                (int)dimensions, part, encoding->sessions, (int)dimensions, lesson->rows,
                (int)dimensions, number == 0 ? 0 : 1, lesson->shares, (int)negatives->count);
    for (uint32_t row = 0; row < count; row++) {
        float before = number == 0 ? 0 : lesson->targets[row];
        lesson->targets[row] =
            before
            + part
                  * sotto_lanes_dot(encoding->sessions + (size_t)row * dimensions,
                                    sotto_embedding_of(teacher->vectors,
                                                       lesson->whole[row].target),
                                    dimensions);
    }
}

void sotto_lesson_give(sotto_lesson *lesson, const sotto_negatives *negatives, float sharpness,
                       const sotto_prefix *prefixes, uint32_t count)
{
    for (uint32_t row = 0; row < count; row++) {
        lesson->whole[row] = prefixes[row];
        memset(lesson->whole[row].dropped, 0, sizeof lesson->whole[row].dropped);
    }
    for (uint32_t i = 0; i < lesson->teacher_count; i++) {
        hear(lesson, i, negatives, sharpness, count);
    }
    for (uint32_t row = 0; row < count; row++) {
        float *shares = lesson->shares + (size_t)row * negatives->count;
        for (uint32_t j = 0; j < negatives->count; j++) {
            uint32_t item = negatives->drawn[j];
            bool right = item == prefixes[row].target;
            shares[j] = right ? NEVER : shares[j] - negatives->log_expected[item];
        }
        float most = sotto_lanes_max(shares, negatives->count);
        most = lesson->targets[row] > most ? lesson->targets[row] : most;
        float target = sotto_lanes_exp(lesson->targets[row] - most);
        float sum = target + sotto_lanes_exp_sum(shares, most, negatives->count);
        for (uint32_t j = 0; j < negatives->count; j++) {
            shares[j] /= sum;
        }
        lesson->targets[row] = target / sum;
    }
}
