/*
 * program.h - compiled expressions: what the instructions are, and whether a program is sound
 *
 * docs/EXPRESSIONS.md section 6. A sound program pops what is there and of the right type, never
 * holds more than SOTTO_PROGRAM_DEPTH values, jumps forward only, and ends with one truth. Running
 * it (decisions/run.c) asks nothing of that again.
 */
#ifndef SOTTO_MODEL_PROGRAM_H
#define SOTTO_MODEL_PROGRAM_H

#include "model/plan.h"

enum {
    SOTTO_PROGRAM_DEPTH = 32,      /* values waiting at once */
    SOTTO_PROGRAM_LANDINGS = 64,   /* places still ahead that jumps lead to */
    SOTTO_PROGRAM_LIST = 64        /* values of a list */
};

typedef enum sotto_op {
    SOTTO_OP_END = 0x00,
    SOTTO_OP_NUMBER = 0x01, SOTTO_OP_INTEGER = 0x02, SOTTO_OP_TRUE = 0x03, SOTTO_OP_FALSE = 0x04,
    SOTTO_OP_TEXT = 0x05,
    SOTTO_OP_FACT_NUMBER = 0x10, SOTTO_OP_FACT_TEXT = 0x11, SOTTO_OP_FACT_TRUTH = 0x12,
    SOTTO_OP_SEGMENT = 0x13,
    SOTTO_OP_ACCOUNT_NUMBER = 0x14, SOTTO_OP_ACCOUNT_TEXT = 0x15, SOTTO_OP_ACCOUNT_TRUTH = 0x16,
    SOTTO_OP_ANSWERED = 0x17, SOTTO_OP_QUERY = 0x18, SOTTO_OP_INTEREST = 0x19,
    SOTTO_OP_IN_CART = 0x1A, SOTTO_OP_PAGE_IS = 0x1B, SOTTO_OP_SEEN_CAMPAIGN = 0x1C,
    SOTTO_OP_COUNT = 0x20, SOTTO_OP_PIECES = 0x21, SOTTO_OP_ITEMS = 0x22, SOTTO_OP_DAYS = 0x23,
    SOTTO_OP_SINCE = 0x24, SOTTO_OP_MOST = 0x25,
    SOTTO_OP_ADD = 0x30, SOTTO_OP_SUBTRACT = 0x31, SOTTO_OP_MULTIPLY = 0x32,
    SOTTO_OP_DIVIDE = 0x33, SOTTO_OP_REST = 0x34, SOTTO_OP_NEGATE = 0x35, SOTTO_OP_FLOOR = 0x36,
    SOTTO_OP_ROUND = 0x37, SOTTO_OP_MIN = 0x38, SOTTO_OP_MAX = 0x39,
    SOTTO_OP_EQUAL = 0x40, SOTTO_OP_UNEQUAL = 0x41, SOTTO_OP_LESS = 0x42, SOTTO_OP_AT_MOST = 0x43,
    SOTTO_OP_MORE = 0x44, SOTTO_OP_AT_LEAST = 0x45, SOTTO_OP_IN_NUMBERS = 0x46,
    SOTTO_OP_TEXT_EQUAL = 0x48, SOTTO_OP_TEXT_UNEQUAL = 0x49, SOTTO_OP_STARTS = 0x4A,
    SOTTO_OP_ENDS = 0x4B, SOTTO_OP_CONTAINS = 0x4C, SOTTO_OP_IN_TEXTS = 0x4D,
    SOTTO_OP_SAME = 0x4E, SOTTO_OP_DIFFERENT = 0x4F,
    SOTTO_OP_NOT = 0x50, SOTTO_OP_AND = 0x51, SOTTO_OP_OR = 0x52
} sotto_op;

typedef enum sotto_fact_number {
    SOTTO_CART_TOTAL, SOTTO_CART_ITEMS, SOTTO_CART_QUANTITY, SOTTO_CART_IDLE, SOTTO_ITEM_PRICE,
    SOTTO_ITEM_LIST_PRICE, SOTTO_ITEM_DISCOUNT, SOTTO_ITEM_SEEN, SOTTO_PAGE_ACTIVE, SOTTO_PAGE_IDLE,
    SOTTO_PAGE_SCROLL, SOTTO_SESSION_ACTIVE, SOTTO_SESSION_AGE, SOTTO_SESSION_VIEWS, SOTTO_VISITS,
    SOTTO_SINCE_VISIT, SOTTO_ORDERS, SOTTO_SPENT, SOTTO_SINCE_ORDER, SOTTO_RECENCY, SOTTO_FREQUENCY,
    SOTTO_HOUR, SOTTO_MINUTE, SOTTO_DAY, SOTTO_MONTH, SOTTO_YEAR,
    SOTTO_FACT_NUMBERS
} sotto_fact_number;

typedef enum sotto_fact_text {
    SOTTO_PAGE_PATH, SOTTO_PAGE_TYPE, SOTTO_RFM, SOTTO_LIFECYCLE, SOTTO_CLUSTER_NAME, SOTTO_DEVICE,
    SOTTO_LANGUAGE, SOTTO_REGION, SOTTO_TIMEZONE, SOTTO_REFERRER, SOTTO_WEEKDAY,
    SOTTO_FACT_TEXTS
} sotto_fact_text;

typedef enum sotto_fact_truth {
    SOTTO_ITEM_IN_STOCK, SOTTO_FIRST_VISIT, SOTTO_RETURNING, SOTTO_TOUCH, SOTTO_REMEMBERED,
    SOTTO_FACT_TRUTHS
} sotto_fact_truth;

/*
 * What a filter may say, in this order: bits of its third byte. Its first two name kinds of
 * events.
 */
enum {
    SOTTO_FILTER_KIND_COUNT = 10,
    SOTTO_FILTER_KEY = 1, SOTTO_FILTER_HERE = 2, SOTTO_FILTER_ON_SALE = 4, SOTTO_FILTER_UNDER = 8,
    SOTTO_FILTER_FROM = 16, SOTTO_FILTER_WITHIN = 32, SOTTO_FILTER_SESSION = 64,
    SOTTO_FILTER_KEY_2 = 128
};

/*
 * Checks the program that the reader is at, up to the reader's end; refuses it with the place of
 * the first instruction that is wrong. It may ask for segments below `segment_limit`.
 */
void sotto_program_check(sotto_reader *reader, const sotto_plan *plan, uint32_t segment_limit);

#endif
