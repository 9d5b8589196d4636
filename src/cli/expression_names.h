/*
 * Expression names - everything that expressions can speak of
 */
#ifndef SOTTO_CLI_EXPRESSION_NAMES_H
#define SOTTO_CLI_EXPRESSION_NAMES_H

#include "model/program.h"

typedef enum cli_type { CLI_NUMBER_TYPE, CLI_TEXT_TYPE, CLI_TRUTH_TYPE } cli_type;

/* "a number" */
const char *cli_type_words(cli_type type);

typedef struct cli_fact {
    const char        *name;
    cli_type           type;
    uint8_t            number;     /* within its type */
    const char *const *values;     /* all that a text can be, ended by NULL; NULL: anything */
} cli_fact;

typedef enum cli_call_kind {
    CLI_CALL_EVENTS,               /* count(view, within: 7d) */
    CLI_CALL_INTEREST,             /* interest(brand: "C") */
    CLI_CALL_THING,                /* in_cart(item: "A") */
    CLI_CALL_SEGMENT, CLI_CALL_ANSWERED, CLI_CALL_ACCOUNT, CLI_CALL_QUERY, CLI_CALL_SEEN,
    CLI_CALL_ONE, CLI_CALL_TWO     /* floor(a), min(a, b) */
} cli_call_kind;

typedef struct cli_function {
    const char   *name, *example;
    cli_call_kind kind;
    sotto_op      op;
} cli_function;

typedef struct cli_event_name {
    const char *name;
    uint32_t    kinds;             /* bit kind - 1 */
} cli_event_name;

/* What may narrow events, in the order of FORMAT: the first three are keys. */
typedef enum cli_narrow {
    CLI_NARROW_ITEM, CLI_NARROW_CATEGORY, CLI_NARROW_BRAND, CLI_NARROW_HERE, CLI_NARROW_ON_SALE,
    CLI_NARROW_UNDER, CLI_NARROW_FROM, CLI_NARROW_WITHIN, CLI_NARROW_SESSION, CLI_NARROW_COUNT
} cli_narrow;

extern const cli_fact       cli_facts[];
extern const uint32_t       cli_fact_count;
extern const cli_function   cli_functions[];
extern const uint32_t       cli_function_count;
extern const cli_event_name cli_event_names[];
extern const uint32_t       cli_event_name_count;
extern const char *const    cli_narrow_names[CLI_NARROW_COUNT];

/* NULL if there is none. */
const cli_fact       *cli_fact_find(sotto_text name);
const cli_function   *cli_function_find(sotto_text name);
const cli_event_name *cli_event_find(sotto_text name);

/* The nearest fact or function; NULL if none is near. `name` is terminated. */
const char *cli_name_nearest(const char *name);

#endif
