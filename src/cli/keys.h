/*
 * Keys - Ed25519 by libsodium
 *
 * A secret key is a file of one line, "sotto-secret-key:" and 64 bytes in base64; a public key is
 * 32 bytes in base64, the form a page takes as its `key`.
 */
#ifndef SOTTO_CLI_KEYS_H
#define SOTTO_CLI_KEYS_H

#include "cli/pool.h"
#include "format/write.h"

#include <sodium.h>

#define CLI_PUBLIC_KEY_SIZE crypto_sign_PUBLICKEYBYTES
#define CLI_SECRET_KEY_SIZE crypto_sign_SECRETKEYBYTES
#define CLI_BASE64_SIZE     96     /* of either key, with its end */

typedef struct cli_key_pair {
    uint8_t public_key[CLI_PUBLIC_KEY_SIZE];
    uint8_t secret_key[CLI_SECRET_KEY_SIZE];
} cli_key_pair;

/* Readies libsodium; says why if it cannot. */
bool cli_keys_start(void);

void cli_keys_make(cli_key_pair *pair);

/* The text of a key file, and of a public key. */
char *cli_keys_secret_text(cli_pool *pool, const cli_key_pair *pair);
char *cli_keys_public_text(char text[CLI_BASE64_SIZE],
                           const uint8_t public_key[CLI_PUBLIC_KEY_SIZE]);

/* Reads a secret key from its file; says why if it cannot. */
bool cli_keys_read(cli_pool *pool, const char *file, cli_key_pair *pair);

/* Reads a public key: base64 itself, or the name of a file with it (or with a secret key). */
bool cli_keys_read_public(cli_pool *pool, const char *text_or_file,
                          uint8_t public_key[CLI_PUBLIC_KEY_SIZE]);

/* Signs for sotto_manifest_write; `context` is a cli_key_pair. */
bool cli_keys_sign(void *context, const uint8_t *message, size_t message_size,
                   uint8_t signature[64]);

/* Whether the manifest carries this key's signature. */
bool cli_keys_verify(const sotto_manifest *manifest, const uint8_t public_key[CLI_PUBLIC_KEY_SIZE]);

#endif
