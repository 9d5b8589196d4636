/*
 * cmd_keygen.c - sotto keygen: a key pair for signing what is published
 */
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/keys.h"
#include "cli/report.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: sotto keygen -o FILE [--json]\n"
    "\n"
    "Makes an Ed25519 key pair. The secret key goes to FILE, which only you may read;\n"
    "keep it with the job that publishes. The public key is printed: a page that is\n"
    "given it accepts only bundles signed with the secret one. A file that exists is\n"
    "not overwritten.\n"
    "\n"
    "  -o, --output FILE  where the secret key goes; required\n"
    "      --json         the public key as JSON; default base64\n"
    "\n"
    "Example: make a key and publish with it\n"
    "\n"
    "  $ sotto keygen -o shop.key > shop.pub\n"
    "  $ sotto publish site.json -o public/sotto --key shop.key\n";

static int make(const char *output, bool as_json, cli_pool *pool)
{
    cli_key_pair pair;
    char public_text[CLI_BASE64_SIZE];
    if (cli_file_exists(output)) {
        cli_error("%s: is there already, and a key that is lost cannot be had again", output);
        cli_hint("choose another name, or move the file away");
        return CLI_REFUSED;
    }
    if (!cli_keys_start()) {
        return CLI_REFUSED;
    }
    cli_keys_make(&pair);
    char *secret_text = cli_keys_secret_text(pool, &pair);
    bool written = cli_file_write_secret(pool, output, secret_text, strlen(secret_text));
    cli_keys_public_text(public_text, pair.public_key);
    sodium_memzero(secret_text, strlen(secret_text));
    sodium_memzero(&pair, sizeof pair);
    if (!written) {
        return CLI_REFUSED;
    }
    if (as_json) {
        cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
        cli_json_object(&json, NULL);
        cli_json_text(&json, "public_key", public_text);
        cli_json_text(&json, "secret_key_file", output);
        cli_json_end(&json);
        cli_json_finish(&json);
    } else {
        puts(public_text);
    }
    return CLI_DONE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    const char *output = NULL;
    bool as_json = false;
    const cli_option known[] = {
        {"output", 'o', CLI_TEXT, &output},
        {"json", 0, CLI_SWITCH, &as_json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 0, 0, &operands);
    int status = result != CLI_ARGS_GO_ON ? cli_args_status(result)
               : !output ? cli_misuse(command, "-o FILE is missing: where the secret key goes")
                         : make(output, as_json, &pool);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_keygen = {"keygen", "a key pair for signing what is published", NULL,
                                help, run};
