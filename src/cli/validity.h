/*
 * Validity - what opening does not check
 *
 * A file that opens is safe to ask. Whether its answers make sense is another question, and takes
 * reading all of it: FORMAT.md section 1.
 */
#ifndef SOTTO_CLI_VALIDITY_H
#define SOTTO_CLI_VALIDITY_H

#include "cli/document.h"

#define CLI_FINDINGS_MAX 20

typedef struct cli_findings {
    cli_pool   *pool;
    const char *texts[CLI_FINDINGS_MAX];
    size_t      count;             /* may go past what is kept */
} cli_findings;

void cli_finding(cli_findings *findings, const char *format, ...) SOTTO_PRINTF(2, 3);

/* Reads all of a document that opened and notes what breaks the rules. */
void cli_validity_check(const cli_document *document, cli_findings *findings);

#endif
