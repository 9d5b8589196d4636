/*
 * test.h - a test program in one include
 *
 * Including this file makes a program: it brings its own main(), which runs
 * every TEST of the file, from top to bottom.
 *
 *     #include "test.h"
 *     #include "profile/decay.h"
 *
 *     TEST(an_interest_halves_after_one_half_life) {
 *         CHECK_EQ(sotto_decay(1000, 60, 60), 500);
 *     }
 *
 * A CHECK that does not hold is printed with its file, line and values, and
 * the case goes on; a REQUIRE ends its case at once, for when going on would
 * crash. ROW names the row of a table or the turn of a loop, so that a failure
 * says which. SKIP ends a case that cannot run here, and says why.
 *
 * The last line of output is what tests/run counts:
 *
 *     test_decay: 7 passed, 0 failed, 1 skipped
 *
 * With an argument, only the cases whose name contains it run.
 */
#ifndef SOTTO_TEST_H
#define SOTTO_TEST_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many failures of one case are printed; a wrong loop has thousands. */
#define TEST_SHOWN_MAX 10

typedef struct test_case {
    const char *name;
    void (*run)(void);
    struct test_case *next;
} test_case;

static test_case *test_first;
static test_case **test_end = &test_first;

static const char *test_name;    /* of the case that is running */
static char test_row[256];       /* what ROW last said, or empty */
static const char *test_skip;    /* why the case stopped, or NULL */
static unsigned test_failures;   /* in the case that is running */
static jmp_buf test_leave;

#define TEST(case_name)                                                                       \
    static void case_name(void);                                                              \
    static test_case test_case_##case_name = {#case_name, case_name, NULL};                   \
    __attribute__((constructor)) static void test_add_##case_name(void) {                     \
        *test_end = &test_case_##case_name;                                                   \
        test_end = &test_case_##case_name.next;                                               \
    }                                                                                         \
    static void case_name(void)

#define ROW(...) ((void)snprintf(test_row, sizeof test_row, __VA_ARGS__))

#define SKIP(why) (test_skip = (why), longjmp(test_leave, 1))

#define REQUIRE(condition)                                                                    \
    ((condition) ? (void)0                                                                    \
                 : (test_true(__FILE__, __LINE__, #condition, false), longjmp(test_leave, 1)))

/* All of these are true when they hold, so a caller may stop on the first failure. */
#define CHECK(condition)                                                                      \
    test_true(__FILE__, __LINE__, #condition, (condition) ? true : false)
#define CHECK_EQ(got, expected)                                                               \
    test_equal(__FILE__, __LINE__, #got, (intmax_t)(got), (intmax_t)(expected))
#define CHECK_STR(got, expected) test_equal_str(__FILE__, __LINE__, #got, (got), (expected))
#define CHECK_MEM(got, expected, size)                                                        \
    test_equal_mem(__FILE__, __LINE__, #got, (got), (expected), (size))

/* Always false, so that it can end a CHECK. */
__attribute__((format(printf, 3, 4)))
static inline bool test_fail(const char *file, int line, const char *format, ...)
{
    test_failures++;
    if (test_failures > TEST_SHOWN_MAX) {
        return false;
    }
    printf("%s:%d: %s%s%s%s: ", file, line, test_name, test_row[0] ? " [" : "", test_row,
           test_row[0] ? "]" : "");
    va_list values;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    printf("%s\n", test_failures == TEST_SHOWN_MAX ? " (and no more of this case)" : "");
    return false;
}

static inline bool test_true(const char *file, int line, const char *what, bool holds)
{
    return holds || test_fail(file, line, "not true: %s", what);
}

static inline bool test_equal(const char *file, int line, const char *what, intmax_t got,
                              intmax_t expected)
{
    return got == expected
        || test_fail(file, line, "%s is %" PRIdMAX ", expected %" PRIdMAX, what, got, expected);
}

static inline bool test_equal_str(const char *file, int line, const char *what, const char *got,
                                  const char *expected)
{
    bool same = got && expected ? strcmp(got, expected) == 0 : got == expected;
    return same || test_fail(file, line, "%s is \"%s\", expected \"%s\"", what,
                             got ? got : "(null)", expected ? expected : "(null)");
}

static inline bool test_equal_mem(const char *file, int line, const char *what, const void *got,
                                  const void *expected, size_t size)
{
    const uint8_t *got_bytes = got;
    const uint8_t *expected_bytes = expected;
    for (size_t i = 0; i < size; i++) {
        if (got_bytes[i] != expected_bytes[i]) {
            return test_fail(file, line, "%s has byte 0x%02x at %zu of %zu, expected 0x%02x", what,
                             got_bytes[i], i, size, expected_bytes[i]);
        }
    }
    return true;
}

/* Runs one case; whatever it left undone is not known to the next. */
static inline void test_run(const test_case *one)
{
    test_name = one->name;
    test_row[0] = '\0';
    test_skip = NULL;
    test_failures = 0;
    if (setjmp(test_leave) == 0) {
        one->run();
    }
    fflush(stdout);
}

int main(int argc, char **argv)
{
    const char *program = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
    unsigned passed = 0;
    unsigned failed = 0;
    unsigned skipped = 0;
    for (const test_case *one = test_first; one; one = one->next) {
        if (argc > 1 && !strstr(one->name, argv[1])) {
            continue;
        }
        test_run(one);
        if (test_failures > 0) {
            failed++;
        } else if (test_skip) {
            skipped++;
            printf("skipped: %s: %s: %s\n", program, one->name, test_skip);
        } else {
            passed++;
        }
    }
    printf("%s: %u passed, %u failed, %u skipped\n", program, passed, failed, skipped);
    return failed > 0;
}

#endif
