/*
 * files.c - whole files in, whole files out
 *
 *     model.sotto.k3Vq9x   written, flushed to the disk, closed
 *     model.sotto          renamed, in one step
 *
 * A target that is no ordinary file (a device, a pipe) cannot be replaced and is written in place.
 */
#include "cli/files.h"

#include "base/base.h"
#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a pipe is thought to bring, at first. */
#define PIPE_ROOM 65536u

/* The batch an interrupt has to clean up after; one command has one at a time. */
static cli_batch *volatile pending;

static bool fail(const char *path, const char *what)
{
    return cli_error("%s: %s: %s", path, what, strerror(errno));
}

static bool too_large(const char *path, size_t limit)
{
    return cli_error("%s: is larger than such a file may be (%zu bytes)", path, limit);
}

/* Reads until `room` is full or the file ends. The bytes read, or -1. */
static ssize_t read_some(int file, uint8_t *bytes, size_t room)
{
    size_t got = 0;
    while (got < room) {
        ssize_t count = read(file, bytes + got, room - got);
        if (count < 0 && errno != EINTR) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        got += count > 0 ? (size_t)count : 0;
    }
    return (ssize_t)got;
}

/* A pipe does not say how much will come. */
static const uint8_t *read_pipe(int file, cli_pool *pool, const char *path, size_t limit,
                                size_t *size)
{
    size_t room = PIPE_ROOM;
    uint8_t *bytes = cli_pool_alloc(pool, room + 1, 1);
    *size = 0;
    for (;;) {
        ssize_t count = read_some(file, bytes + *size, room - *size);
        if (count < 0 || *size + (size_t)count > limit) {
            (void)(count < 0 ? fail(path, "cannot be read") : too_large(path, limit));
            return NULL;
        }
        *size += (size_t)count;
        if (*size < room) {
            bytes[*size] = 0;
            return bytes;
        }
        uint8_t *larger = cli_pool_alloc(pool, 2 * room + 1, 1);
        memcpy(larger, bytes, room);
        bytes = larger;
        room *= 2;
    }
}

static const uint8_t *read_all(int file, cli_pool *pool, const char *path, size_t limit,
                               size_t *size)
{
    struct stat facts;
    if (fstat(file, &facts) != 0 || S_ISDIR(facts.st_mode)) {
        errno = S_ISDIR(facts.st_mode) ? EISDIR : errno;
        fail(path, "cannot be read");
        return NULL;
    }
    if (!S_ISREG(facts.st_mode)) {
        return read_pipe(file, pool, path, limit, size);
    }
    if ((uint64_t)facts.st_size > limit) {
        too_large(path, limit);
        return NULL;
    }
    uint8_t *bytes = cli_pool_alloc(pool, (size_t)facts.st_size + 1, 1);
    ssize_t count = read_some(file, bytes, (size_t)facts.st_size);
    if (count < 0) {
        fail(path, "cannot be read");
        return NULL;
    }
    *size = (size_t)count;
    return bytes;
}

const uint8_t *cli_file_read(cli_pool *pool, const char *path, size_t limit, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        fail(path, "cannot be opened");
        return NULL;
    }
    const uint8_t *bytes = read_all(file, pool, path, limit, size);
    close(file);
    return bytes;
}

bool cli_file_exists(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

bool cli_folder_exists(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool cli_folder_make(const char *path)
{
    char *part = strdup(path);
    bool made = part && path[0];
    for (char *at = part; made && *at; at++) {
        if (at[1] == '/' || at[1] == '\0') {
            char kept = at[1];
            at[1] = '\0';
            made = mkdir(part, 0777) == 0 || errno == EEXIST || cli_folder_exists(part);
            at[1] = kept;
        }
    }
    free(part);
    if (made && !cli_folder_exists(path)) {
        errno = ENOTDIR;
        made = false;
    }
    return made || fail(path, "the folder cannot be made");
}

int cli_folder_lock(const char *path)
{
    int lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool locked = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0;
    if (!locked && lock >= 0 && errno == EWOULDBLOCK) {
        cli_note("%s: waiting for another run to be done with it", path);
        do {
            locked = flock(lock, LOCK_EX) == 0;
        } while (!locked && errno == EINTR);
    }
    if (!locked) {
        cli_note("%s: cannot be locked (%s): see to it that nothing else publishes there now", path,
                 strerror(errno));
    }
    return lock;
}

void cli_folder_unlock(int lock)
{
    if (lock >= 0) {
        close(lock);
    }
}

char *cli_path_join(cli_pool *pool, const char *folder, const char *name)
{
    if (name[0] == '/' || !folder[0] || strcmp(folder, ".") == 0) {
        return cli_pool_copy(pool, name, strlen(name));
    }
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return cli_pool_print(pool, "%s%s%s", folder, slash, name);
}

char *cli_path_folder(cli_pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return cli_pool_copy(pool, ".", 1);
    }
    return cli_pool_copy(pool, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *cli_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool write_all(int file, const char *path, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size) {
        ssize_t count = write(file, at, size);
        if (count < 0 && errno != EINTR) {
            return fail(path, "cannot be written");
        }
        if (count > 0) {
            at += count;
            size -= (size_t)count;
        }
    }
    return true;
}

static bool write_and_close(int file, const char *path, const void *bytes, size_t size)
{
    bool written = write_all(file, path, bytes, size);
    if (written && fsync(file) != 0 && errno != EINVAL && errno != EROFS) {
        written = fail(path, "cannot be written");
    }
    if (close(file) != 0 && written) {
        written = fail(path, "cannot be written");
    }
    return written;
}

static mode_t mode_for_all(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool is_special(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && !S_ISREG(facts.st_mode);
}

static bool write_in_place(const char *path, const void *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    return file < 0 ? fail(path, "cannot be written") : write_and_close(file, path, bytes, size);
}

static const int guarded[] = {SIGINT, SIGTERM, SIGHUP};

/* Makes the file beside; no signal comes between that and knowing of it. */
static int make_beside(cli_batch *batch, cli_pool *pool, const char *path)
{
    sigset_t blocked;
    sigset_t before;
    char *beside = cli_pool_print(pool, "%s.XXXXXX", path);
    sigemptyset(&blocked);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(guarded); i++) {
        sigaddset(&blocked, guarded[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &before);
    int file = mkostemp(beside, O_CLOEXEC);
    if (file >= 0) {
        pending = batch;
        batch->files[batch->count].path = cli_pool_copy(pool, path, strlen(path));
        batch->files[batch->count].beside = beside;
        batch->count++;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return file;
}

static bool batch_add(cli_batch *batch, cli_pool *pool, const char *path, const void *bytes,
                      size_t size, mode_t mode)
{
    if (is_special(path)) {
        return write_in_place(path, bytes, size);
    }
    if (batch->count == CLI_BATCH_MAX) {
        return cli_error("%s: more than %d files at once", path, CLI_BATCH_MAX);
    }
    int file = make_beside(batch, pool, path);
    if (file < 0) {
        return fail(path, "cannot be written");
    }
    if (fchmod(file, mode) != 0) {
        close(file);
        return fail(path, "cannot be written");
    }
    return write_and_close(file, path, bytes, size);
}

bool cli_batch_add(cli_batch *batch, cli_pool *pool, const char *path, const void *bytes,
                   size_t size)
{
    if (!batch_add(batch, pool, path, bytes, size, mode_for_all())) {
        cli_batch_drop(batch);
        return false;
    }
    return true;
}

bool cli_batch_commit(cli_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (rename(batch->files[i].beside, batch->files[i].path) != 0) {
            fail(batch->files[i].path, "cannot be put in place");
            cli_batch_drop(batch);
            return false;
        }
        batch->files[i].beside = NULL;
    }
    pending = NULL;
    batch->count = 0;
    return true;
}

void cli_batch_drop(cli_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->files[i].beside) {
            unlink(batch->files[i].beside);
        }
    }
    pending = NULL;
    batch->count = 0;
}

static bool write_one(cli_pool *pool, const char *path, const void *bytes, size_t size, mode_t mode)
{
    cli_batch batch = {0};
    if (!batch_add(&batch, pool, path, bytes, size, mode)) {
        cli_batch_drop(&batch);
        return false;
    }
    return cli_batch_commit(&batch);
}

bool cli_file_write(cli_pool *pool, const char *path, const void *bytes, size_t size)
{
    return write_one(pool, path, bytes, size, mode_for_all());
}

bool cli_file_write_secret(cli_pool *pool, const char *path, const void *bytes, size_t size)
{
    return write_one(pool, path, bytes, size, 0600);
}

/* Only calls that may be made from a signal handler. */
static void clean_up(int signal_number)
{
    cli_batch *batch = pending;
    for (size_t i = 0; batch && i < batch->count; i++) {
        if (batch->files[i].beside) {
            unlink(batch->files[i].beside);
        }
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void cli_files_guard(void)
{
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(guarded); i++) {
        struct sigaction action = {.sa_handler = clean_up};
        sigaction(guarded[i], &action, NULL);
    }
    /*
     * A limit on file sizes then fails the write, as a full disk does, in place of ending the
     * program.
     */
    signal(SIGXFSZ, SIG_IGN);
}
