/*
 * serve_type.c - a file's name to its type, and how long it may be kept
 *
 * Browsers compile WebAssembly while it arrives only if it comes as application/wasm, and run a
 * module only if it comes as JavaScript.
 */
#include "cli/serve.h"

#include "base/base.h"

#include <string.h>
#include <strings.h>

cli_type cli_serve_type(const char *file)
{
    static const struct {
        const char *end;
        cli_type    type;
    } types[] = {
        {".html", {"text/html; charset=utf-8", true}},
        {".htm", {"text/html; charset=utf-8", true}},
        {".js", {"text/javascript; charset=utf-8", true}},
        {".mjs", {"text/javascript; charset=utf-8", true}},
        {".css", {"text/css; charset=utf-8", true}},
        {".json", {"application/json; charset=utf-8", true}},
        {".map", {"application/json; charset=utf-8", true}},
        {".webmanifest", {"application/manifest+json", true}},
        {".txt", {"text/plain; charset=utf-8", true}},
        {".xml", {"application/xml", true}},
        {".svg", {"image/svg+xml", true}},
        {".wasm", {"application/wasm", true}},
        {".sotto", {"application/octet-stream", true}},
        {".png", {"image/png", false}},
        {".jpg", {"image/jpeg", false}},
        {".jpeg", {"image/jpeg", false}},
        {".webp", {"image/webp", false}},
        {".avif", {"image/avif", false}},
        {".gif", {"image/gif", false}},
        {".ico", {"image/x-icon", false}},
        {".woff2", {"font/woff2", false}},
        {".woff", {"font/woff", false}},
        {".pdf", {"application/pdf", false}},
    };
    size_t size = strlen(file);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(types); i++) {
        size_t end_size = strlen(types[i].end);
        if (size > end_size && strcasecmp(file + size - end_size, types[i].end) == 0) {
            return types[i].type;
        }
    }
    return (cli_type){"application/octet-stream", false};
}

bool cli_serve_is_immutable(const char *file)
{
    static const char end[] = ".sotto";
    size_t size = strlen(file);
    size_t tail = 1 + 16 + sizeof end - 1;
    if (size <= tail || strcmp(file + size - (sizeof end - 1), end) != 0
        || file[size - tail] != '.') {
        return false;
    }
    return strspn(file + size - tail + 1, "0123456789abcdef") == 16;
}
