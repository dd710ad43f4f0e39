/*
 * A disk that fails, for one process: preloaded, it makes what is done to files below FAULT_FOLDER fail while a file
 * FAULT_FLAG.sync (only syncs) or FAULT_FLAG.ro (all writes) exists.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int on(const char *kind) {
    const char *flag = getenv("FAULT_FLAG");
    char path[PATH_MAX];
    if (flag == NULL || snprintf(path, sizeof path, "%s.%s", flag, kind) >= (int) sizeof path) {
        return 0;
    }
    int before = errno;
    int there = access(path, F_OK) == 0;
    errno = before;
    return there;
}

static int inside(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    return folder != NULL && path != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int file_inside(int fd) {
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int before = errno;
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return inside(path);
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define FAIL_WHEN(condition, reason) \
    if (condition) {                 \
        errno = reason;              \
        return -1;                   \
    }

int fsync(int fd) {
    FAIL_WHEN((on("sync") || on("ro")) && file_inside(fd), EIO)
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    FAIL_WHEN((on("sync") || on("ro")) && file_inside(fd), EIO)
    return REAL(fdatasync)(fd);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    FAIL_WHEN(on("ro") && file_inside(fd), EROFS)
    return REAL(write)(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    FAIL_WHEN(on("ro") && file_inside(fd), EROFS)
    return REAL(pwrite64)(fd, bytes, count, at);
}

int ftruncate64(int fd, off64_t length) {
    FAIL_WHEN(on("ro") && file_inside(fd), EROFS)
    return REAL(ftruncate64)(fd, length);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    FAIL_WHEN((flags & (O_WRONLY | O_RDWR | O_CREAT)) && on("ro") && inside(path), EROFS)
    return REAL(open64)(path, flags, mode);
}

int rename(const char *from, const char *to) {
    FAIL_WHEN(on("ro") && inside(to), EROFS)
    return REAL(rename)(from, to);
}

int unlink(const char *path) {
    FAIL_WHEN(on("ro") && inside(path), EROFS)
    return REAL(unlink)(path);
}

int remove(const char *path) {
    FAIL_WHEN(on("ro") && inside(path), EROFS)
    return REAL(remove)(path);
}
