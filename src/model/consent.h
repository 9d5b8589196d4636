/*
 * consent.h - whose word on consent counts: section `cnst` of a campaigns part
 *
 * A page asks this after its first decision, so the section is passed over when the campaigns are
 * opened, and opened here.
 *
 * memory    Views into the campaigns' bytes.
 * trust     The bytes may be hostile. Opening checks all of the section and the container around it.
 */
#ifndef SOTTO_MODEL_CONSENT_H
#define SOTTO_MODEL_CONSENT_H

#include "format/layout.h"

typedef enum sotto_consent_source {
    SOTTO_CONSENT_API,             /* the shop's own code */
    SOTTO_CONSENT_TCF,
    SOTTO_CONSENT_GOOGLE,
    SOTTO_CONSENT_SHOPIFY,
    SOTTO_CONSENT_ONETRUST,
    SOTTO_CONSENT_COOKIEBOT,
    SOTTO_CONSENT_USERCENTRICS,
    SOTTO_CONSENT_DIDOMI
} sotto_consent_source;

/* As the page's JavaScript reads it, word by word. */
typedef struct sotto_consent {
    uint32_t   source;
    uint32_t   flags;              /* SOTTO_CONSENT_EACH_PAGE, SOTTO_CONSENT_TCF_PURPOSES */
    sotto_text policy;
    sotto_text names[SOTTO_CONSENT_PURPOSES]; /* of store, personalise, measure: a zero byte */
                                              /* after each; bytes NULL: the source's usual ones */
} sotto_consent;

/* "api", "tcf" and so on, as the site file has it; NULL for a source of a later version. */
const char *sotto_consent_source_name(uint32_t source);

/*
 * Reads what a campaigns part says of consent: the defaults, if it says nothing. On failure returns
 * the reason, leaves `consent` untouched and, if `fault` is not NULL, says where to look.
 */
sotto_status sotto_consent_open(sotto_consent *consent, const void *campaigns, size_t size,
                                sotto_fault *fault);

#endif
