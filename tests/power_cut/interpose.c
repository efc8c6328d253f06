/* Writes down, in their order, all changes that one process makes below a folder: LD_PRELOAD it.
 *
 * POWER_CUT_BASE: the folder. POWER_CUT_LOG: where the records go. POWER_CUT_ACKS: a file below the folder; each write to
 * it is an acknowledgement. A record is the header below, then `length` bytes. A change that the model does not know is
 * written down as UNKNOWN with its name, so that the harness can refuse to judge it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, CLOSE, UNKNOWN };

struct header {
    uint32_t op;
    int32_t fd;
    int64_t offset;
    uint64_t length;
};

#define FDS 4096
static char tracked[FDS]; /* 1: below the folder */
static int log_fd = -1;
static const char *base;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    base = getenv("POWER_CUT_BASE");
    const char *log = getenv("POWER_CUT_LOG");
    if (base && log)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        long done = syscall(SYS_write, log_fd, at, length);
        if (done <= 0)
            abort(); /* a recording with a hole in it would judge wrongly */
        at += done;
        length -= (size_t)done;
    }
}

static void record(uint32_t op, int fd, int64_t offset, const void *bytes, size_t length) {
    struct header head = {op, fd, offset, length};
    put(&head, sizeof head);
    put(bytes, length);
}

/* The whole path, and whether it lies below the folder. */
static int below(int dir, const char *path, char *whole) {
    char folder[PATH_MAX] = "";
    if (log_fd < 0)
        return 0;
    if (path[0] != '/') {
        char link[64];
        ssize_t length;
        if (dir == AT_FDCWD)
            snprintf(link, sizeof link, "/proc/self/cwd");
        else
            snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
        length = readlink(link, folder, sizeof folder - 2);
        if (length < 0)
            return 0;
        folder[length] = '/';
        folder[length + 1] = 0;
    }
    if (snprintf(whole, PATH_MAX, "%s%s", folder, path) >= PATH_MAX)
        return 0;
    size_t n = strlen(base);
    return strncmp(whole, base, n) == 0 && (whole[n] == '/' || whole[n] == 0);
}

static int watched(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS && tracked[fd]; }

static void unknown(const char *name) { record(UNKNOWN, -1, 0, name, strlen(name)); }

static int opened(int fd, int dir, const char *path, int flags) {
    char whole[PATH_MAX];
    int kept = errno;
    if (fd >= 0 && fd < FDS) {
        tracked[fd] = (char)below(dir, path, whole);
        if (tracked[fd])
            record(OPEN, fd, flags, whole, strlen(whole));
    } else if (fd >= FDS && below(dir, path, whole)) {
        unknown("more files than the recorder can tell apart");
    }
    errno = kept;
    return fd;
}

static int do_open(int dir, const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&lock);
    int fd = opened((int)syscall(SYS_openat, dir, path, flags, mode), dir, path, flags);
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE(flags, last) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, last); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags, flags) return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return do_open(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags, flags) return do_open(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags, flags) return do_open(dir, path, flags, mode); }
int creat(const char *path, mode_t mode) { return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (watched(fd)) {
        record(CLOSE, fd, 0, "", 0);
        tracked[fd] = 0;
    }
    int done = REAL(close)(fd);
    pthread_mutex_unlock(&lock);
    return done;
}

/* offset -1: wherever the file's own position is. */
static ssize_t wrote(int fd, const void *bytes, ssize_t done, int64_t offset) {
    int kept = errno;
    if (done > 0) {
        if (offset < 0)
            offset = lseek(fd, 0, SEEK_CUR) - done;
        record(WRITE, fd, offset, bytes, (size_t)done);
    }
    errno = kept;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!watched(fd))
        return syscall(SYS_write, fd, bytes, count);
    pthread_mutex_lock(&lock);
    ssize_t done = wrote(fd, bytes, syscall(SYS_write, fd, bytes, count), -1);
    pthread_mutex_unlock(&lock);
    return done;
}

static ssize_t do_pwrite(int fd, const void *bytes, size_t count, off64_t offset) {
    if (!watched(fd))
        return syscall(SYS_pwrite64, fd, bytes, count, offset);
    pthread_mutex_lock(&lock);
    ssize_t done = wrote(fd, bytes, syscall(SYS_pwrite64, fd, bytes, count, offset), offset);
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return do_pwrite(fd, bytes, count, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) { return do_pwrite(fd, bytes, count, offset); }

static int do_ftruncate(int fd, off64_t size) {
    pthread_mutex_lock(&lock);
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (done == 0 && watched(fd))
        record(TRUNCATE, fd, size, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate(int fd, off_t size) { return do_ftruncate(fd, size); }
int ftruncate64(int fd, off64_t size) { return do_ftruncate(fd, size); }

/* Nothing is written through to the real disk: the model alone decides what a sync makes safe. */
static int synced(int fd, int (*really)(int)) {
    if (!watched(fd))
        return really(fd);
    pthread_mutex_lock(&lock);
    record(SYNC, fd, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return 0;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

static int named(uint32_t op, int done, int dir, const char *path) {
    char whole[PATH_MAX];
    int kept = errno;
    if (done == 0 && below(dir, path, whole))
        record(op, -1, 0, whole, strlen(whole));
    errno = kept;
    return done;
}

#define IN_ORDER(expression) \
    pthread_mutex_lock(&lock); \
    int done = (expression); \
    pthread_mutex_unlock(&lock); \
    return done

int unlink(const char *path) { IN_ORDER(named(UNLINK, REAL(unlink)(path), AT_FDCWD, path)); }
int unlinkat(int dir, const char *path, int flags) {
    IN_ORDER(named(UNLINK, REAL(unlinkat)(dir, path, flags), dir, path));
}
int rmdir(const char *path) { IN_ORDER(named(UNLINK, REAL(rmdir)(path), AT_FDCWD, path)); }
int mkdir(const char *path, mode_t mode) { IN_ORDER(named(MKDIR, REAL(mkdir)(path, mode), AT_FDCWD, path)); }
int mkdirat(int dir, const char *path, mode_t mode) { IN_ORDER(named(MKDIR, REAL(mkdirat)(dir, path, mode), dir, path)); }

static int renamed(int done, int from_dir, const char *from, int to_dir, const char *to) {
    char both[2 * PATH_MAX];
    int kept = errno;
    int ours = below(from_dir, from, both);
    size_t first = strlen(both);
    if (done == 0) {
        if (below(to_dir, to, both + first + 1) != ours)
            unknown("a file moved into or out of the folder");
        else if (ours)
            record(RENAME, -1, (int64_t)first, both, first + 1 + strlen(both + first + 1));
    }
    errno = kept;
    return done;
}
int rename(const char *from, const char *to) { IN_ORDER(renamed(REAL(rename)(from, to), AT_FDCWD, from, AT_FDCWD, to)); }
int renameat(int a, const char *from, int b, const char *to) {
    IN_ORDER(renamed(REAL(renameat)(a, from, b, to), a, from, b, to));
}

/* What the product does not do; if it comes to, the model must learn it first. */
#define REFUSE(fd, name) \
    if (watched(fd)) \
    unknown(name)
ssize_t writev(int fd, const struct iovec *parts, int count) { REFUSE(fd, "writev"); return syscall(SYS_writev, fd, parts, count); }
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t length, unsigned flags) {
    REFUSE(out, "copy_file_range");
    return syscall(SYS_copy_file_range, in, a, out, b, length, flags);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    REFUSE(out, "sendfile");
    return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    REFUSE(out, "sendfile");
    return syscall(SYS_sendfile, out, in, offset, count);
}
int link(const char *from, const char *to) { IN_ORDER(named(UNKNOWN, REAL(link)(from, to), AT_FDCWD, to)); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    IN_ORDER(named(UNKNOWN, REAL(linkat)(a, from, b, to, flags), b, to));
}
int truncate(const char *path, off_t size) { IN_ORDER(named(UNKNOWN, REAL(truncate)(path, size), AT_FDCWD, path)); }
int truncate64(const char *path, off64_t size) { IN_ORDER(named(UNKNOWN, REAL(truncate64)(path, size), AT_FDCWD, path)); }
