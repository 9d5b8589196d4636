/*
 * Teach - what several models that were learned apart think of a batch, for one more to learn
 *
 * memory    A row of products for each question, and a copy of the negatives' vectors.
 * lifetime  The teachers must outlive it.
 */
#ifndef SOTTO_TRAIN_TEACH_H
#define SOTTO_TRAIN_TEACH_H

#include "train/softmax.h"

#define SOTTO_TEACHERS_MAX 4u

typedef struct sotto_teacher {
    const sotto_session_encoder *encoder;
    const sotto_embedding       *vectors;
} sotto_teacher;

typedef struct sotto_lesson {
    uint32_t       teacher_count;
    sotto_teacher  teachers[SOTTO_TEACHERS_MAX];
    sotto_encoding encodings[SOTTO_TEACHERS_MAX];
    float         *rows;    /* a teacher's vectors of the negatives */
    float         *shares;  /* question by negative: what the teachers hold likely */
    float         *targets; /* by question: how likely they hold the right one */
    sotto_prefix  *whole;   /* the questions with nothing hidden */
} sotto_lesson;

bool sotto_lesson_init(sotto_lesson *lesson, const sotto_teacher *teachers, uint32_t teacher_count,
                       uint32_t questions, uint32_t negatives);
void sotto_lesson_free(sotto_lesson *lesson);

/* Fills `shares` and `targets`. */
void sotto_lesson_give(sotto_lesson *lesson, const sotto_negatives *negatives, float sharpness,
                       const sotto_prefix *prefixes, uint32_t count);

#endif
