/*
 * cmd_serve.c - sotto serve: a folder on a port
 *
 * For trying a shop out. libmicrohttpd does the HTTP, in a thread of its own; this thread waits
 * for the signal to end. Shops publish to the web server or CDN they have.
 */
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/report.h"
#include "cli/serve.h"

#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: sotto serve [OPTIONS] DIR\n"
    "\n"
    "Serves a folder of static files over HTTP, with the types browsers ask for, a\n"
    "strict content security policy, compression, and content-addressed parts kept\n"
    "for ever. Prints the address and runs until it is interrupted. For trying out;\n"
    "a shop publishes to the web server it has.\n"
    "\n"
    "  --host H      the address to listen on; default 127.0.0.1, this machine alone\n"
    "  -p, --port N  the port; default 8080, 0 takes a free one\n"
    "  --json        the address as JSON\n"
    "\n"
    "Example: see the demo shop\n"
    "\n"
    "  $ sotto serve build/demo/shop\n"
    "  http://127.0.0.1:8080/\n";

typedef struct serve_options {
    const char *host;
    uint64_t    port;
    bool        json;
    char        root[PATH_MAX];
} serve_options;

/*
 * Called once when the headers are there, then for what the browser sends, then to answer. An
 * answer to the first call would end the connection after it.
 */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *address, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **state)
{
    static char seen;
    (void)version;
    (void)upload;
    if (!*state) {
        *state = &seen;
        return MHD_YES;
    }
    if (*upload_size) {
        *upload_size = 0;
        return MHD_YES;
    }
    return cli_serve_reply(connection, context, method, address);
}

/* Addresses stay as they are in the request: serve_path.c decodes, once. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static void explain_failure(const serve_options *options)
{
    int reason = errno;
    cli_error("%s port %u: cannot listen: %s", options->host, (unsigned)options->port,
              reason ? strerror(reason) : "the address is not to be had");
    if (reason == EADDRINUSE) {
        cli_hint("another program has it; --port 0 takes a free one");
    } else if (reason == EACCES) {
        cli_hint("ports below 1024 are for the administrator; try --port 8080");
    }
}

static struct MHD_Daemon *listen_on(serve_options *options)
{
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found;
    char port[8];
    snprintf(port, sizeof port, "%u", (unsigned)options->port);
    int fault = getaddrinfo(options->host, port, &wanted, &found);
    if (fault) {
        cli_error("--host %s: %s", options->host, gai_strerror(fault));
        return NULL;
    }
    unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD;
    flags |= found->ai_family == AF_INET6 ? (unsigned)MHD_USE_IPv6 : 0;
    errno = 0;
    struct MHD_Daemon *daemon =
        MHD_start_daemon(flags, (uint16_t)options->port, NULL, NULL, on_request, options->root,
                         MHD_OPTION_SOCK_ADDR, found->ai_addr,
                         MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
                         MHD_OPTION_CONNECTION_TIMEOUT, 30u, MHD_OPTION_END);
    if (!daemon) {
        explain_failure(options);
    }
    freeaddrinfo(found);
    return daemon;
}

static void print_address(const serve_options *options, struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    unsigned port = info ? info->port : (unsigned)options->port;
    bool brackets = strchr(options->host, ':') != NULL;
    char url[300];
    snprintf(url, sizeof url, "http://%s%s%s:%u/", brackets ? "[" : "", options->host,
             brackets ? "]" : "", port);
    if (options->json) {
        cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
        cli_json_object(&json, NULL);
        cli_json_text(&json, "url", url);
        cli_json_number(&json, "port", port);
        cli_json_end(&json);
        cli_json_finish(&json);
    } else {
        puts(url);
    }
    fflush(stdout);
}

static int serve(serve_options *options)
{
    sigset_t ending;
    int signal_number;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    /* Blocked before the thread starts, so that no signal comes too early. */
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    struct MHD_Daemon *daemon = listen_on(options);
    if (!daemon) {
        return CLI_REFUSED;
    }
    print_address(options, daemon);
    sigwait(&ending, &signal_number);
    MHD_stop_daemon(daemon);
    return CLI_DONE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    serve_options options = {.host = "127.0.0.1", .port = 8080};
    const cli_option known[] = {
        {"host", 0, CLI_TEXT, &options.host},
        {"port", 'p', CLI_NUMBER, &options.port},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    int status;
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 1, 1, &operands);
    if (result != CLI_ARGS_GO_ON) {
        status = cli_args_status(result);
    } else if (options.port > 65535) {
        status = cli_misuse(command, "--port goes from 0 to 65535");
    } else if (!cli_folder_exists(operands.texts[0])
               || !realpath(operands.texts[0], options.root)) {
        cli_error("%s: no folder", operands.texts[0]);
        status = CLI_REFUSED;
    } else {
        status = serve(&options);
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_serve = {"serve", "static files over HTTP, with a strict policy",
                               "the folder to serve", help, run};
