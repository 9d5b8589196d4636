/*
 * cmd_check.c - sotto check: is this bundle, site file or log good?
 *
 * What a path is, its content says: a folder is a published bundle, a file with Sotto's magic is a
 * part, anything else is a site file; with --site, paths are logs.
 */
#include "cli/bundle_files.h"
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/keys.h"
#include "cli/report.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "Usage: sotto check [OPTIONS] PATH...\n"
    "       sotto check [OPTIONS] --site SITE [LOG...]\n"
    "\n"
    "Checks and, if all is well, says nothing. A path is one of\n"
    "\n"
    "  a folder     that sotto publish wrote: manifest, hashes, and each part by\n"
    "               every rule of the format\n"
    "  a part       or a manifest or saved profile: the same for one file\n"
    "  a site file  every mistake, with its line, what was expected, the nearest\n"
    "               name; and, as warnings, what may not be meant\n"
    "  a log        with --site, which says how to read it: rows kept, and dropped by\n"
    "               reason; without any LOG, all logs of the site file and its feed\n"
    "\n"
    "  --key KEY    a folder must be signed by this public key (base64, or a file\n"
    "               with it); default: signatures are not looked at\n"
    "  --site SITE  the site file to read logs by\n"
    "  --json       the findings as JSON; default a line each\n"
    "\n"
    "Example: check what is about to go live\n"
    "\n"
    "  $ sotto check site.json public/sotto --key shop.pub\n";

typedef struct check_options {
    const char *key, *site;
    bool        json;
} check_options;

/* Reports a document's findings; true if there are none. */
static bool check_document(cli_checking *checking, const cli_document *document)
{
    cli_findings findings = {.pool = checking->pool};
    cli_validity_check(document, &findings);
    for (size_t i = 0; i < findings.count && i < CLI_FINDINGS_MAX; i++) {
        cli_check_finding(checking, document->path, 0, "", findings.texts[i], NULL);
    }
    if (findings.count > CLI_FINDINGS_MAX) {
        cli_note("%s: and %zu findings more", document->path, findings.count - CLI_FINDINGS_MAX);
    }
    return findings.count == 0;
}

static bool check_signature(cli_checking *checking, const cli_bundle_files *files, const char *key)
{
    uint8_t public_key[CLI_PUBLIC_KEY_SIZE];
    if (!key) {
        return true;
    }
    if (!cli_keys_read_public(checking->pool, key, public_key)) {
        return false;
    }
    if (cli_keys_verify(&files->manifest, public_key)) {
        return true;
    }
    cli_check_finding(checking, files->manifest_path, 0, "",
                      files->manifest.signature ? "the signature is not by this key"
                                                : "the manifest is not signed", NULL);
    return false;
}

static bool check_identities(cli_checking *checking, const cli_bundle_files *files)
{
    sotto_text shop = sotto_bundle_site(files->bundle).shop_id;
    bool good = true;
    if (files->parts[SOTTO_MODEL].path && files->manifest.identity != files->bundle->identity) {
        cli_check_finding(checking, files->manifest_path, 0, "",
                          "it was made for another model than the one it names", NULL);
        good = false;
    }
    if (sotto_bundle_has(files->bundle, SOTTO_CAMPAIGNS)
        && files->manifest.shop != sotto_hash(shop.bytes, shop.size)) {
        cli_check_finding(checking, files->manifest_path, 0, "",
                          "its shop is not the one of the campaigns", NULL);
        good = false;
    }
    return good;
}

static bool check_folder(cli_checking *checking, const char *path, const char *key)
{
    cli_bundle_files files;
    if (!cli_bundle_load(checking->pool, path, &files)) {
        return cli_check_failed(checking, path);
    }
    bool good = check_signature(checking, &files, key);
    good = check_identities(checking, &files) && good;
    cli_document manifest = {.path = files.manifest_path, .kind = CLI_DOCUMENT_MANIFEST,
                             .manifest = files.manifest};
    good = check_document(checking, &manifest) && good;
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        const cli_part_file *part = &files.parts[kind];
        cli_document document = {.path = part->path};
        sotto_status status = part->path ? cli_document_open(checking->pool, part->bytes,
                                                             part->size, &document, NULL)
                                         : SOTTO_TRUNCATED;
        if (status == SOTTO_OK) {
            good = check_document(checking, &document) && good;
        }
    }
    return good;
}

/*
 * Whether a file is one of Sotto's own, whole or cut: by magic or by name. A pipe is not looked into,
 * as nothing can be put back.
 */
static bool is_ours(const char *path)
{
    char magic[4] = {0};
    int file = cli_file_exists(path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t size = file < 0 ? -1 : read(file, magic, sizeof magic);
    if (file >= 0) {
        close(file);
    }
    size_t length = strlen(path);
    bool named = length > 6 && strcmp(path + length - 6, ".sotto") == 0;
    return named || (size == 4 && memcmp(magic, "SOT", 3) == 0 && strchr("TMP", magic[3]));
}

static bool check_path(cli_checking *checking, const char *path, const char *key)
{
    if (cli_folder_exists(path)) {
        return check_folder(checking, path, key);
    }
    if (is_ours(path)) {
        cli_document document;
        return cli_document_read(checking->pool, path, &document)
                   ? check_document(checking, &document)
                   : cli_check_failed(checking, path);
    }
    return cli_check_site(checking, path);
}

static int check(const check_options *options, cli_pool *pool, const cli_texts *paths)
{
    cli_checking checking;
    bool good = true;
    cli_check_start(&checking, pool, options->json);
    if (options->site) {
        good = cli_check_logs(&checking, options->site, paths);
    } else {
        for (size_t i = 0; i < paths->count; i++) {
            good = check_path(&checking, paths->texts[i], options->key) && good;
        }
    }
    cli_check_end(&checking, good);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    check_options options = {0};
    const cli_option known[] = {
        {"key", 0, CLI_TEXT, &options.key},
        {"site", 0, CLI_TEXT, &options.site},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    int status;
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 0, SIZE_MAX, &operands);
    if (result != CLI_ARGS_GO_ON) {
        status = cli_args_status(result);
    } else if (operands.count == 0 && !options.site) {
        status = cli_misuse(command, "a path is missing");
    } else if (options.key && options.site) {
        status = cli_misuse(command, "--key is for folders, --site for logs");
    } else {
        status = check(&options, &pool, &operands);
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_check = {"check", "a bundle, a site file or a log: is it good?", NULL,
                               help, run};
