/*
 * serve_path.c - an address to a file inside the folder, or nothing
 *
 * Three gates, each of which would do for most attacks: the address is decoded once and refused if
 * it holds what no file name needs; a step that starts with a dot (".", "..", ".git") is not
 * found; and the file's real path, all links followed, must lie under the real path of the folder.
 */
#include "cli/serve.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int hex_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

bool cli_serve_decode(const char *address, char *path, size_t path_size)
{
    size_t size = 0;
    for (const char *at = address; *at; at++) {
        int value = (unsigned char)*at;
        if (*at == '%') {
            int high = hex_value(at[1]);
            int low = high < 0 ? -1 : hex_value(at[2]);
            if (low < 0) {
                return false;
            }
            value = high * 16 + low;
            at += 2;
        }
        if (value < 0x20 || value == 0x7F || value == '\\' || size + 1 >= path_size) {
            return false;
        }
        path[size++] = (char)value;
    }
    path[size] = '\0';
    return path[0] == '/';
}

static bool has_hidden_step(const char *path)
{
    return strstr(path, "/.") != NULL && strncmp(path, "/.well-known/", 13) != 0;
}

/* Follows all links and says whether the end lies in the folder. */
static bool is_inside(const char *root, const char *file, char real[PATH_MAX])
{
    size_t root_size = strlen(root);
    return realpath(file, real) && strncmp(real, root, root_size) == 0
        && (real[root_size] == '/' || real[root_size] == '\0' || strcmp(root, "/") == 0);
}

cli_place cli_serve_find(const char *root, const char *address, char file[PATH_MAX])
{
    char path[PATH_MAX];
    char joined[PATH_MAX];
    struct stat facts;
    if (!cli_serve_decode(address, path, sizeof path)) {
        return CLI_PLACE_MALFORMED;
    }
    bool ends_in_slash = path[strlen(path) - 1] == '/';
    int size = snprintf(joined, sizeof joined, "%s%s%s", strcmp(root, "/") == 0 ? "" : root, path,
                        ends_in_slash ? "index.html" : "");
    if (has_hidden_step(path) || size < 0 || (size_t)size >= sizeof joined
        || !is_inside(root, joined, file) || stat(file, &facts) != 0) {
        return CLI_PLACE_NOTHING;
    }
    return S_ISREG(facts.st_mode)   ? CLI_PLACE_FILE
           : S_ISDIR(facts.st_mode) ? CLI_PLACE_FOLDER
                                    : CLI_PLACE_NOTHING;
}
