/*
 * serve_reply.c - a request to a reply with all its headers
 *
 * The content security policy is the one Sotto promises to work under. It lets a page run only its
 * own files, compile WebAssembly, and do nothing else; what a shop has to add for its own third
 * parties it adds on its own server.
 *
 * A file goes out compressed if the browser takes it: from a .br or .gz file beside it that is not
 * older, else by gzip on the spot.
 */
#include "cli/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define SMALLEST_TO_COMPRESS 256
#define LARGEST_TO_COMPRESS  (64 << 20)

static const char policy[] =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'";

static const char page_format[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n"
    "<h1>%s</h1>\n<p>%s</p>\n<p><a href=\"/\">To the start</a></p>\n";

/* What is sent: the bytes, how they are encoded, and which version they are. */
typedef struct reply_body {
    void       *bytes; /* malloc'ed */
    size_t      size;
    const char *encoding; /* NULL for as they are */
    char        tag[64];
} reply_body;

static void add_common_headers(struct MHD_Response *response)
{
    MHD_add_response_header(response, "Content-Security-Policy", policy);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status,
                             struct MHD_Response *response)
{
    if (!response) {
        return MHD_NO;
    }
    add_common_headers(response);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result reply_page(struct MHD_Connection *connection, unsigned status,
                                  const char *title, const char *words)
{
    char page[1024];
    int size = snprintf(page, sizeof page, page_format, title, title, words);
    struct MHD_Response *response =
        MHD_create_response_from_buffer((size_t)size, page, MHD_RESPMEM_MUST_COPY);
    if (response) {
        MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
        MHD_add_response_header(response, "Cache-Control", "no-cache");
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    }
    return queue(connection, status, response);
}

static bool read_file(const char *path, reply_body *to, struct stat *facts)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    bool good = fstat(file, facts) == 0 && S_ISREG(facts->st_mode);
    size_t size = good ? (size_t)facts->st_size : 0;
    char *bytes = malloc(size + 1);
    size_t got = 0;
    good = good && bytes;
    while (good && got < size) {
        ssize_t count = read(file, bytes + got, size - got);
        good = count > 0 || (count < 0 && errno == EINTR);
        got += count > 0 ? (size_t)count : 0;
    }
    close(file);
    if (!good) {
        free(bytes);
        return false;
    }
    to->bytes = bytes;
    to->size = size;
    to->encoding = NULL;
    return true;
}

/* Whether the browser takes an encoding: "gzip" in "br;q=1, gzip". A weight of 0 is a no. */
static bool accepts(struct MHD_Connection *connection, const char *word)
{
    const char *list = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
    size_t size = strlen(word);
    while (list && *list) {
        list += strspn(list, " \t,");
        size_t entry_size = strcspn(list, ",");
        if (strncasecmp(list, word, size) == 0 && strchr(" \t;,", list[size])) {
            const char *weight = memmem(list, entry_size, "q=", 2);
            return !weight || strtod(weight + 2, NULL) > 0;
        }
        list += entry_size;
    }
    return false;
}

/* Takes a compressed copy that stands beside the file. */
static bool take_copy(const char *path, const char *end, const char *encoding,
                      const struct stat *original, reply_body *to)
{
    char copy[PATH_MAX];
    struct stat facts;
    reply_body found;
    int size = snprintf(copy, sizeof copy, "%s%s", path, end);
    if (size < 0 || (size_t)size >= sizeof copy || lstat(copy, &facts) != 0
        || !S_ISREG(facts.st_mode) || facts.st_mtime < original->st_mtime
        || !read_file(copy, &found, &facts)) {
        return false;
    }
    free(to->bytes);
    to->bytes = found.bytes;
    to->size = found.size;
    to->encoding = encoding;
    return true;
}

static void compress_body(reply_body *to)
{
    z_stream stream = {0};
    if (to->size < SMALLEST_TO_COMPRESS || to->size > LARGEST_TO_COMPRESS
        || deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return;
    }
    uLong room = deflateBound(&stream, (uLong)to->size);
    unsigned char *bytes = malloc(room);
    stream.next_in = to->bytes;
    stream.avail_in = (uInt)to->size;
    stream.next_out = bytes;
    stream.avail_out = (uInt)room;
    bool smaller = bytes && deflate(&stream, Z_FINISH) == Z_STREAM_END
                && stream.total_out < to->size;
    if (smaller) {
        free(to->bytes);
        to->bytes = bytes;
        to->size = stream.total_out;
        to->encoding = "gzip";
    } else {
        free(bytes);
    }
    deflateEnd(&stream);
}

static bool load(struct MHD_Connection *connection, const char *path, cli_type type, reply_body *to)
{
    struct stat facts;
    if (!read_file(path, to, &facts)) {
        return false;
    }
    if (type.compress) {
        bool found = (accepts(connection, "br") && take_copy(path, ".br", "br", &facts, to))
                  || (accepts(connection, "gzip") && take_copy(path, ".gz", "gzip", &facts, to));
        if (!found && accepts(connection, "gzip")) {
            compress_body(to);
        }
    }
    snprintf(to->tag, sizeof to->tag, "\"%llx-%llx-%lx%s%s\"", (unsigned long long)facts.st_size,
             (unsigned long long)facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec,
             to->encoding ? "-" : "", to->encoding ? to->encoding : "");
    return true;
}

static bool has_it_already(struct MHD_Connection *connection, const char *tag)
{
    const char *list = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
    return list && (strcmp(list, "*") == 0 || strstr(list, tag));
}

static enum MHD_Result reply_file(struct MHD_Connection *connection, unsigned status,
                                  const char *path)
{
    reply_body body;
    cli_type type = cli_serve_type(path);
    if (!load(connection, path, type, &body)) {
        return reply_page(connection, MHD_HTTP_NOT_FOUND, "Not found", "The file cannot be read.");
    }
    bool unchanged = status == MHD_HTTP_OK && has_it_already(connection, body.tag);
    if (unchanged) {
        body.size = 0;
        status = MHD_HTTP_NOT_MODIFIED;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.size, body.bytes, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(body.bytes);
        return MHD_NO;
    }
    MHD_add_response_header(response, "ETag", body.tag);
    MHD_add_response_header(response, "Cache-Control",
                            cli_serve_is_immutable(path) ? "public, max-age=31536000, immutable"
                                                         : "no-cache");
    if (type.compress) {
        MHD_add_response_header(response, "Vary", "Accept-Encoding");
    }
    if (!unchanged) {
        MHD_add_response_header(response, "Content-Type", type.type);
        if (body.encoding) {
            MHD_add_response_header(response, "Content-Encoding", body.encoding);
        }
    }
    return queue(connection, status, response);
}

/* The shop's own page for what is not there, if it has one. */
static enum MHD_Result reply_nothing(struct MHD_Connection *connection, const char *root)
{
    char file[PATH_MAX];
    if (cli_serve_find(root, "/404.html", file) == CLI_PLACE_FILE) {
        return reply_file(connection, MHD_HTTP_NOT_FOUND, file);
    }
    return reply_page(connection, MHD_HTTP_NOT_FOUND, "Not found",
                      "There is no file of this name in the folder that is served.");
}

static enum MHD_Result redirect_to_folder(struct MHD_Connection *connection, const char *address)
{
    char target[PATH_MAX];
    /* Two slashes at the start would lead to another host. */
    snprintf(target, sizeof target, "/%s/", address + strspn(address, "/"));
    struct MHD_Response *response = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    if (response) {
        MHD_add_response_header(response, "Location", target);
    }
    return queue(connection, MHD_HTTP_MOVED_PERMANENTLY, response);
}

enum MHD_Result cli_serve_reply(struct MHD_Connection *connection, const char *root,
                                const char *method, const char *address)
{
    char file[PATH_MAX];
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        return reply_page(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "Not allowed",
                          "Files can be read here, with GET and HEAD, and nothing else.");
    }
    switch (cli_serve_find(root, address, file)) {
    case CLI_PLACE_FILE: return reply_file(connection, MHD_HTTP_OK, file);
    case CLI_PLACE_FOLDER: return redirect_to_folder(connection, address);
    case CLI_PLACE_NOTHING: return reply_nothing(connection, root);
    case CLI_PLACE_MALFORMED: break;
    }
    return reply_page(connection, MHD_HTTP_BAD_REQUEST, "Bad request",
                      "The address has characters that no file here has.");
}
