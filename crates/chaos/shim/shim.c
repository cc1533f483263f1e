/* Stands between a program and its disk and clock (LD_PRELOAD), so that a test can be a bad disk or a wrong clock.
 *
 * Only database files (.db, .db-wal) under CHAOS_FOLDER are touched. CHAOS_CONTROL is a shared page of numbers that the test writes and
 * reads while the program runs; crates/chaos/src/shim.rs has the other end. CHAOS_JOURNAL gets every write that no fsync has covered
 * yet, with what was there before, so that a power cut can be played afterwards: crates/chaos/src/power.rs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The order is that of `Field` in crates/chaos/src/shim.rs. */
struct control {
    int64_t clock_ms;  /* added to the wall clock */
    int64_t fail_at;   /* the fsync with this number fails with EIO; 0: none */
    int64_t fsyncs;    /* counted here */
    int64_t kill_at;   /* the write or fsync with this number is the last thing the program does; 0: none */
    int64_t steps;     /* writes and fsyncs, counted here */
    int64_t failed;    /* fsyncs that failed */
};

struct record {
    uint32_t kind; /* 1 write, 2 truncate, 3 everything of this file is on the disk */
    uint32_t path;
    int64_t offset, size, before, after;
};
enum { WRITE = 1, TRUNCATE = 2, SYNCED = 3 };

static struct control nothing, *control = &nothing;
static const char *folder;
static int journal = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

static void find(void) {
    if (real_clock_gettime) return;
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
}

__attribute__((constructor)) static void begin(void) {
    find();
    const char *page = getenv("CHAOS_CONTROL"), *kept = getenv("CHAOS_JOURNAL");
    int fd = page ? open(page, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *map = mmap(NULL, sizeof nothing, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (map != MAP_FAILED) control = map;
        close(fd);
    }
    folder = getenv("CHAOS_FOLDER");
    if (kept) journal = open(kept, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int64_t get(int64_t *field) { return __atomic_load_n(field, __ATOMIC_SEQ_CST); }
static int64_t next(int64_t *field) { return __atomic_add_fetch(field, 1, __ATOMIC_SEQ_CST); }

static int is_watched(const char *path) {
    if (!folder || strncmp(path, folder, strlen(folder)) != 0) return 0;
    size_t length = strlen(path);
    return (length > 3 && strcmp(path + length - 3, ".db") == 0) || (length > 7 && strcmp(path + length - 7, ".db-wal") == 0);
}

/* The path of a file that is watched, or 0. */
static int watched(int fd, char *path, size_t size) {
    if (!folder) return 0;
    char link[64] = "/proc/self/fd/", digits[16];
    int n = 0, value = fd;
    do digits[n++] = '0' + value % 10; while (value /= 10);
    size_t end = strlen(link);
    while (n) link[end++] = digits[--n];
    link[end] = 0;
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_watched(path);
}

static int dies_now(void) {
    int64_t at = get(&control->kill_at);
    return at && next(&control->steps) == at;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void note(uint32_t kind, const char *path, int64_t offset, int64_t size, const void *before, int64_t before_length,
                 const void *after, int64_t after_length) {
    if (journal < 0) return;
    struct record record = {kind, (uint32_t)strlen(path), offset, size, before_length, after_length};
    struct iovec parts[] = {{&record, sizeof record}, {(void *)path, record.path}, {(void *)before, before_length}, {(void *)after, after_length}};
    if (writev(journal, parts, 4) < 0) die();
}

static ssize_t write_watched(int fd, const char *path, const void *bytes, size_t length, off_t offset) {
    if (dies_now()) {
        /* Half of it is there: a torn write. */
        real_pwrite(fd, bytes, length / 2, offset);
        die();
    }
    if (journal < 0) return real_pwrite(fd, bytes, length, offset);
    pthread_mutex_lock(&one);
    struct stat stat;
    char *before = malloc(length ? length : 1);
    ssize_t had = before && fstat(fd, &stat) == 0 ? pread(fd, before, length, offset) : -1;
    if (had >= 0) note(WRITE, path, offset, stat.st_size, before, had, bytes, length);
    free(before);
    ssize_t done = real_pwrite(fd, bytes, length, offset);
    int error = errno;
    pthread_mutex_unlock(&one);
    errno = error;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    char path[4096];
    find();
    return watched(fd, path, sizeof path) ? write_watched(fd, path, bytes, length, offset) : real_pwrite(fd, bytes, length, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return pwrite(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[4096];
    find();
    if (!watched(fd, path, sizeof path)) return real_write(fd, bytes, length);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = at < 0 ? -1 : write_watched(fd, path, bytes, length, at);
    if (done > 0) lseek(fd, at + done, SEEK_SET);
    return done;
}

int ftruncate(int fd, off_t length) {
    char path[4096];
    find();
    if (journal < 0 || !watched(fd, path, sizeof path)) return real_ftruncate(fd, length);
    pthread_mutex_lock(&one);
    struct stat stat;
    if (fstat(fd, &stat) == 0) {
        int64_t cut = stat.st_size > length ? stat.st_size - length : 0;
        char *before = malloc(cut ? cut : 1);
        ssize_t had = before ? pread(fd, before, cut, length) : -1;
        if (had >= 0) note(TRUNCATE, path, length, stat.st_size, before, had, NULL, 0);
        free(before);
    }
    int done = real_ftruncate(fd, length), error = errno;
    pthread_mutex_unlock(&one);
    errno = error;
    return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int sync_watched(int fd, int (*real)(int)) {
    char path[4096];
    find();
    if (!watched(fd, path, sizeof path)) return real(fd);
    if (dies_now()) die();
    int64_t n = next(&control->fsyncs);
    if (n == get(&control->fail_at)) {
        next(&control->failed);
        errno = EIO;
        return -1;
    }
    pthread_mutex_lock(&one);
    int done = real(fd), error = errno;
    if (done == 0) note(SYNCED, path, 0, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&one);
    errno = error;
    return done;
}
int fsync(int fd) { find(); return sync_watched(fd, real_fsync); }
int fdatasync(int fd) { find(); return sync_watched(fd, real_fdatasync); }

int unlink(const char *path) {
    find();
    if (is_watched(path)) note(SYNCED, path, 0, 0, NULL, 0, NULL, 0);
    return real_unlink(path);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    find();
    int done = real_clock_gettime(clock, now);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t ms = get(&control->clock_ms);
        now->tv_sec += ms / 1000;
        now->tv_nsec += ms % 1000 * 1000000;
        if (now->tv_nsec >= 1000000000) { now->tv_sec++; now->tv_nsec -= 1000000000; }
        if (now->tv_nsec < 0) { now->tv_sec--; now->tv_nsec += 1000000000; }
    }
    return done;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *into) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (into) *into = exact.tv_sec;
    return exact.tv_sec;
}
