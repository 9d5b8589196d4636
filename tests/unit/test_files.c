/* The calls that make a file and put it in place are this program's own, and stop in the middle. */
#include "temp_file.h"

#include "cli/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static enum { NEVER, WHEN_MADE, WHEN_MOVED } interrupted;

static char folder[256];

int mkostemp(char *path, int flags)
{
    memcpy(path + strlen(path) - 6, "beside", 6);
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
    if (interrupted == WHEN_MADE) {
        raise(SIGINT);
    }
    return file;
}

int rename(const char *from, const char *to)
{
    int result = renameat(AT_FDCWD, from, AT_FDCWD, to);
    if (interrupted == WHEN_MOVED) {
        raise(SIGINT);
    }
    return result;
}

static void in_folder(char path[600], const char *name)
{
    snprintf(path, 600, "%s/%s", folder, name);
}

/* "name=content " of what is in the folder, which is emptied. */
static const char *take_files(void)
{
    static char shown[256];
    size_t used = 0;
    DIR *directory = opendir(folder);
    shown[0] = '\0';
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        char path[600];
        char content[32] = {0};
        if (entry->d_name[0] == '.') {
            continue;
        }
        in_folder(path, entry->d_name);
        FILE *file = fopen(path, "rb");
        size_t size = file ? fread(content, 1, sizeof content - 1, file) : 0;
        used += (size_t)snprintf(shown + used, sizeof shown - used, "%s=%.*s ", entry->d_name,
                                 (int)size, content);
        if (file) {
            fclose(file);
        }
        unlink(path);
    }
    if (directory) {
        closedir(directory);
    }
    return shown;
}

/* How the process ended that wrote `new` over `old`: a signal, or 0. */
static int write_over(int when)
{
    char path[600];
    in_folder(path, "model");
    FILE *old = fopen(path, "wb");
    REQUIRE(old != NULL);
    fputs("old", old);
    fclose(old);
    pid_t child = fork();
    if (child == 0) {
        cli_pool pool = {0};
        cli_files_guard();
        interrupted = when;
        _exit(cli_file_write(&pool, path, "new", 3) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST(an_interrupt_leaves_the_old_or_the_new_and_nothing_beside)
{
    snprintf(folder, sizeof folder, "%s.d", temp_text("files", ""));
    REQUIRE(mkdir(folder, 0700) == 0);
    CHECK_EQ(write_over(NEVER), 0);
    CHECK_STR(take_files(), "model=new ");
    CHECK_EQ(write_over(WHEN_MADE), SIGINT);
    CHECK_STR(take_files(), "model=old ");
    CHECK_EQ(write_over(WHEN_MOVED), SIGINT);
    CHECK_STR(take_files(), "model=new ");
    CHECK(rmdir(folder) == 0);
}
