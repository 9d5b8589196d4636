/*
 * Expression - one line of who or when, compiled
 *
 * docs/EXPRESSIONS.md is the language and the bytes it becomes. Compiling is one pass: what was
 * read is checked for its type and becomes instructions at once.
 *
 *     expression_lex.c     characters -> words
 *     expression_names.c   all names there are: facts, functions, events
 *     expression_words.c   going from word to word; mistakes
 *     expression_parse.c   words -> instructions, by the grammar
 *     expression_call.c    functions and what narrows their events
 *     expression_code.c    instructions -> bytes, within the limits of the machine
 *     expression_show.c    bytes -> instructions, for looking at
 *     expression_text.c    bytes -> the expression again
 *
 * memory    All of it is the pool's.
 * trust     The text may hold any bytes.
 */
#ifndef SOTTO_CLI_EXPRESSION_H
#define SOTTO_CLI_EXPRESSION_H

#include "cli/plan_pool.h"

enum {
    CLI_EXPRESSION_MAX_SIZE = 4096,
    CLI_EXPRESSION_MAX_NESTING = 64,
    CLI_EXPRESSION_MAX_TEXT = 1024,    /* of one text in it */
    CLI_EXPRESSION_MAX_LIST = 64
};

/* Something to say of a place in the text. */
typedef struct cli_expression_note {
    bool        warning;           /* else it is a mistake, and the last note */
    size_t      at, size;          /* bytes of the text; size 0: where it ends */
    const char *what;              /* what is wrong, and what was expected */
    const char *near;              /* the nearest valid name, or NULL */
} cli_expression_note;

/* A list of names that may be asked for. */
typedef struct cli_expression_names {
    const char *const *names;
    uint32_t           count;
} cli_expression_names;

/* What expressions of one site file have around them. */
typedef struct cli_expression_scope {
    cli_plan_pool       *pool;
    uint32_t             price_decimals;
    cli_expression_names segments, campaigns, questions, clusters, account;
    const uint8_t       *account_kinds;    /* of each of `account`: a sotto_account_kind */
    const uint32_t      *segment_places;   /* where each segment stands; NULL: as listed */
} cli_expression_scope;

/* An item, category or brand that is asked for. */
typedef struct cli_expression_key {
    uint32_t key;
    size_t   at, size;
} cli_expression_key;

typedef struct cli_expression {
    const uint8_t       *bytes;
    uint32_t             size;
    uint32_t            *segments; /* numbers of the scope's list, in the order of the text */
    uint32_t             segment_count;
    cli_expression_key  *keys;
    uint32_t             key_count;
    cli_expression_note *notes;
    uint32_t             note_count;
} cli_expression;

/* False if there is a mistake, which is the last note. */
bool cli_expression_compile(const cli_expression_scope *scope, const char *text, size_t size,
                            cli_expression *expression);

/* One instruction of a sound program: its name, and its operands as numbers; the first is 0 if none. */
#define CLI_MAX_OPERANDS 65

typedef struct cli_instruction {
    uint32_t    op;
    const char *name;
    int64_t     operands[CLI_MAX_OPERANDS];
    uint32_t    operand_count;
} cli_instruction;

/* The instruction at `*at`, which moves behind it; false at the end of the bytes. */
bool cli_instruction_read(const uint8_t *bytes, uint32_t size, uint32_t *at,
                          cli_instruction *instruction);

/* How many values an instruction that is no jump takes off the stack. */
uint32_t cli_instruction_pops(uint32_t op);

#endif
