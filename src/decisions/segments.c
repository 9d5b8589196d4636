/*
 * segments.c - all of them at once
 *
 * They stand in an order in which each asks only for those before it, so one pass settles them all.
 * A segment that a program asks for while the pass goes on is one it has behind it.
 */
#include "decisions/moment.h"

const uint32_t *sotto_segments(sotto_moment *moment)
{
    if (moment->has_segments) {
        return moment->segments;
    }
    moment->has_segments = true;
    for (uint32_t i = 0; i < moment->plan->segment_count; i++) {
        if (sotto_program_run(moment, sotto_segment_program(moment->plan, i))) {
            moment->segments[i / 32] |= 1u << i % 32;
        }
    }
    return moment->segments;
}
