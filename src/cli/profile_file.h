/*
 * A saved profile: as sotto replay saves it, or as a page exports it
 */
#ifndef SOTTO_CLI_PROFILE_FILE_H
#define SOTTO_CLI_PROFILE_FILE_H

#include "cli/pool.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The bytes of a profile, or of profile, shelf and ledger (FORMAT.md 7 to 9), whichever of both the
 * file is. They may be anything: the core checks them. NULL, having said why, if there are none.
 */
const uint8_t *cli_profile_file_read(cli_pool *pool, const char *file, size_t *size);

#endif
