/*
 * status.h - refusing bytes, with the place and the reason
 */
#ifndef SOTTO_BASE_STATUS_H
#define SOTTO_BASE_STATUS_H

#include "base/base.h"
#include "sotto.h"

/*
 * Notes where and why, and gives the status back, so that a reader may `return
 * sotto_refuse(...)`.
 */
static inline sotto_status sotto_refuse(sotto_fault *fault, sotto_status status, size_t offset,
                                        const char *what)
{
    *fault = (sotto_fault){offset, what};
    return status;
}

#endif
