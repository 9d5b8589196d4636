/*
 * keys.c - Ed25519 by libsodium
 */
#include "cli/keys.h"

#include "cli/files.h"
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define KEY_FILE_MAX_SIZE 4096
#define SECRET_PREFIX     "sotto-secret-key:"

/* FORMAT.md section 6: what stands before the manifest in what is signed, its zero included. */
static const char domain[] = "sotto-manifest-v1";

bool cli_keys_start(void)
{
    return sodium_init() >= 0 || cli_error("libsodium cannot be started");
}

void cli_keys_make(cli_key_pair *pair)
{
    crypto_sign_keypair(pair->public_key, pair->secret_key);
}

char *cli_keys_secret_text(cli_pool *pool, const cli_key_pair *pair)
{
    char text[sodium_base64_ENCODED_LEN(CLI_SECRET_KEY_SIZE, sodium_base64_VARIANT_ORIGINAL)];
    sodium_bin2base64(text, sizeof text, pair->secret_key, CLI_SECRET_KEY_SIZE,
                      sodium_base64_VARIANT_ORIGINAL);
    return cli_pool_print(pool, SECRET_PREFIX "%s\n", text);
}

char *cli_keys_public_text(char text[CLI_BASE64_SIZE],
                           const uint8_t public_key[CLI_PUBLIC_KEY_SIZE])
{
    return sodium_bin2base64(text, CLI_BASE64_SIZE, public_key, CLI_PUBLIC_KEY_SIZE,
                             sodium_base64_VARIANT_ORIGINAL);
}

/* Decodes exactly `size` bytes; blanks and line ends around them do not count. */
static bool decode(const char *text, uint8_t *bytes, size_t size)
{
    size_t got;
    return sodium_base642bin(bytes, size, text, strlen(text), " \t\r\n", &got, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0
        && got == size;
}

static bool parse_secret(const char *text, cli_key_pair *pair)
{
    size_t prefix = strlen(SECRET_PREFIX);
    if (strncmp(text, SECRET_PREFIX, prefix) != 0
        || !decode(text + prefix, pair->secret_key, CLI_SECRET_KEY_SIZE)) {
        return false;
    }
    return crypto_sign_ed25519_sk_to_pk(pair->public_key, pair->secret_key) == 0;
}

bool cli_keys_read(cli_pool *pool, const char *file, cli_key_pair *pair)
{
    size_t size;
    struct stat facts;
    const char *text = (const char *)cli_file_read(pool, file, KEY_FILE_MAX_SIZE, &size);
    if (!text || !cli_keys_start()) {
        return false;
    }
    if (!parse_secret(text, pair)) {
        cli_error("%s: no secret key of sotto", file);
        cli_hint("sotto keygen -o FILE makes one");
        return false;
    }
    if (stat(file, &facts) == 0 && (facts.st_mode & 077)) {
        cli_note("%s: others on this machine can read the secret key; chmod 600 it", file);
    }
    return true;
}

bool cli_keys_read_public(cli_pool *pool, const char *text_or_file,
                          uint8_t public_key[CLI_PUBLIC_KEY_SIZE])
{
    cli_key_pair pair;
    size_t size;
    if (!cli_keys_start()) {
        return false;
    }
    if (decode(text_or_file, public_key, CLI_PUBLIC_KEY_SIZE)) {
        return true;
    }
    if (!cli_file_exists(text_or_file)) {
        cli_error("%s: neither a public key nor a file with one", text_or_file);
        cli_hint("a public key is 44 characters, as sotto keygen prints it");
        return false;
    }
    const char *text = (const char *)cli_file_read(pool, text_or_file, KEY_FILE_MAX_SIZE, &size);
    if (text && parse_secret(text, &pair)) {
        memcpy(public_key, pair.public_key, CLI_PUBLIC_KEY_SIZE);
        return true;
    }
    return text && (decode(text, public_key, CLI_PUBLIC_KEY_SIZE)
                    || cli_error("%s: no key of sotto", text_or_file));
}

bool cli_keys_sign(void *context, const uint8_t *message, size_t message_size,
                   uint8_t signature[64])
{
    const cli_key_pair *pair = context;
    return crypto_sign_detached(signature, NULL, message, message_size, pair->secret_key) == 0;
}

bool cli_keys_verify(const sotto_manifest *manifest, const uint8_t public_key[CLI_PUBLIC_KEY_SIZE])
{
    uint8_t message[sizeof domain + SOTTO_MANIFEST_MAX_SIZE];
    if (!manifest->signature || manifest->signed_size > SOTTO_MANIFEST_MAX_SIZE) {
        return false;
    }
    memcpy(message, domain, sizeof domain);
    memcpy(message + sizeof domain, manifest->bytes, manifest->signed_size);
    return crypto_sign_verify_detached(manifest->signature, message,
                                       sizeof domain + manifest->signed_size, public_key) == 0;
}
