/*
 * Serve - static files over HTTP, as a shop's own server should send them
 *
 *     serve_path.c    an address -> a file inside the folder, or nothing
 *     serve_type.c    a file's name -> its type, and how long it may be kept
 *     serve_reply.c   a request -> a reply with all its headers
 *     cmd_serve.c     the command: listening, and ending well
 */
#ifndef SOTTO_CLI_SERVE_H
#define SOTTO_CLI_SERVE_H

#include <limits.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

/* What an address leads to. */
typedef enum cli_place {
    CLI_PLACE_FILE,
    CLI_PLACE_FOLDER,      /* the address lacks its last slash */
    CLI_PLACE_NOTHING,
    CLI_PLACE_MALFORMED    /* no address a browser would ask for */
} cli_place;

/*
 * Finds what an address, as it stands in the request, leads to. `root` is a real path (see
 * realpath) without a slash at its end. Nothing outside of it is ever found, whatever the address
 * or the links in the folder; nor is anything whose name starts with a dot.
 */
cli_place cli_serve_find(const char *root, const char *address, char file[PATH_MAX]);

/* Undoes percent-encoding. False if it is malformed or holds a control character or backslash. */
bool cli_serve_decode(const char *address, char *path, size_t path_size);

typedef struct cli_type {
    const char *type;
    bool        compress;          /* gets smaller by compression */
} cli_type;

cli_type cli_serve_type(const char *file);

/* Whether the name holds the hash of the content, as model.0123456789abcdef.sotto does. */
bool cli_serve_is_immutable(const char *file);

/* Answers one request. `root` as above. */
enum MHD_Result cli_serve_reply(struct MHD_Connection *connection, const char *root,
                                const char *method, const char *address);

#endif
