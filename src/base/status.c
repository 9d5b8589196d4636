/*
 * status.c - what each status means, in a sentence
 */
#include "base/status.h"

const char *sotto_status_text(sotto_status status)
{
    static const char *const texts[] = {
        [SOTTO_OK] = SOTTO_WORDS("all is well"),
        [SOTTO_TRUNCATED] = SOTTO_WORDS("the bytes end too early"),
        [SOTTO_NOT_SOTTO] = SOTTO_WORDS("this is another kind of file"),
        [SOTTO_WRONG_VERSION] = SOTTO_WORDS("it was written by a version this one cannot read"),
        [SOTTO_WRONG_KIND] = SOTTO_WORDS("this is another part than the one asked for"),
        [SOTTO_DAMAGED] = SOTTO_WORDS("a checksum does not match"),
        [SOTTO_INVALID] = SOTTO_WORDS("a field has a value it cannot have"),
        [SOTTO_OVERSIZED] = SOTTO_WORDS("there are more bytes than the file says it has"),
        [SOTTO_MISMATCH] = SOTTO_WORDS("the parts were not built for each other"),
        [SOTTO_NO_SLOT] = SOTTO_WORDS("the campaigns know no slot of that name"),
        [SOTTO_NO_ROOM] = SOTTO_WORDS("the memory lent is too small"),
    };
    size_t number = (size_t)status;
    return number < SOTTO_ARRAY_COUNT(texts) ? texts[number] : "this status is unknown";
}
