/*
 * Picture type - what a picture file is, by its first bytes
 *
 * Names lie: shops have JPEGs called .png, and pages of error texts called .jpg.
 */
#ifndef SOTTO_CLI_PICTURE_TYPE_H
#define SOTTO_CLI_PICTURE_TYPE_H

#include "sotto.h"

/* False if it is none of the types that a bundle may hold. */
bool cli_picture_type(const uint8_t *bytes, size_t size, sotto_picture_type *type);

#endif
