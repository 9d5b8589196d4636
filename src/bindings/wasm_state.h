/*
 * wasm_state.h - what the two modules of a page share
 *
 * A page loads two modules, one after the other: what the first decision needs, and the rest. Both
 * are compiled from these sources, so a struct means the same to both, and both work in the one
 * memory:
 *
 *     | page: data, stack      | later: data, stack | files that the host reserved room for, and
 *     0                   256 K                320 K  what the later module ranks in ...
 *
 * The state lies in the page's part; the later module is handed its address. The linker keeps the
 * first part within its 256 K and the second within its 64 K, tests/wasm-layout.mjs sees that they
 * do not meet. What ranking takes is pages of their own, taken when there is a ranker.
 */
#ifndef SOTTO_BINDINGS_WASM_STATE_H
#define SOTTO_BINDINGS_WASM_STATE_H

#include "model/bundle.h"
#include "profile/shelf.h"

/* The build says which; modules of one build can share a state. */
#ifndef SOTTO_WASM_BUILD
#define SOTTO_WASM_BUILD 0u
#endif

typedef struct sotto_wasm_state {
    struct sotto_profile profile;  /* hosts read and write it: at the address of the state, */
    struct sotto_shelf   shelf;    /* with what the ranker found for it right behind, */
    sotto_fault          fault;    /* and behind that what went wrong last */
    bool                 has_profile;
    uint32_t             build;    /* of which sources the module of the page is */
    sotto_bundle         bundle;
} sotto_wasm_state;

#ifndef SOTTO_WASM_LATER
extern sotto_wasm_state sotto_wasm_page;
#endif

/* The state that the later module works on (wasm_later.c). */
sotto_wasm_state *sotto_wasm_attached(void);

/* The moment that was gathered last, NULL if there is none (wasm_plan.c). */
struct sotto_moment *sotto_wasm_gathered(void);

#endif
