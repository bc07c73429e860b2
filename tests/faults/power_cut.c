/* A power cut, played below the program: a library put before the C library. Writes go through, but what the last
 * sync made durable is remembered: the old bytes of every 512-byte sector written since, the old length, and the names
 * the folder had at its last sync. At the chosen sync a random part of all that is put back, as if it had never reached
 * the disk, and the process ends at once. A file's sync makes its bytes durable; only the folder's own sync makes
 * creations, removals and renames durable, which POSIX demands and some file systems do.
 *
 * POWER_CUT_FOLDER  the folder that is watched, absolute, without links
 * POWER_CUT_STASH   a folder on the same file system, for the inodes that a cut may bring back
 * POWER_CUT_AT      the sync before which the power goes, counted from 1
 * POWER_CUT_SEED    what is dropped
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define SECTOR 512
#define MOST_FILES 512
#define MOST_FDS 4096
#define CUT_EXIT 77

struct file {
    dev_t device;
    ino_t inode;
    int keeper;           /* a handle of our own, never closed: closing one would drop the process's locks */
    int touched;          /* written since its last sync */
    off_t durable_size;
    unsigned char **old;  /* by sector: its durable bytes, where it was written since */
    size_t sectors;
};

struct name {
    char name[256];
    ino_t inode;
    char stash[32];
};

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static struct file files[MOST_FILES];
static int file_count;
static int file_of[MOST_FDS];  /* index + 1 */
static struct name names[MOST_FILES];
static int name_count;
static int stashed;
static const char *folder, *stash;
static size_t folder_length;
static struct stat folder_stat;
static long syncs, cut_at;
static uint64_t seed;

static uint64_t chance(uint64_t bound) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % bound;
}

static void join(char *path, size_t size, const char *base, const char *name) {
    snprintf(path, size, "%s/%s", base, name);
}

/* The folder as it is now becomes the folder after a cut. */
static void remember_names(void) {
    static struct name fresh[MOST_FILES];
    int count = 0;
    DIR *entries = opendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries)) && count < MOST_FILES;) {
        char path[4096], kept[4096];
        struct stat found;
        join(path, sizeof path, folder, entry->d_name);
        if (lstat(path, &found) || !S_ISREG(found.st_mode)) continue;
        struct name *name = &fresh[count];
        snprintf(name->name, sizeof name->name, "%s", entry->d_name);
        name->inode = found.st_ino;
        name->stash[0] = 0;
        for (int i = 0; i < name_count; i++)
            if (names[i].inode == found.st_ino) strcpy(name->stash, names[i].stash);
        if (!name->stash[0]) {
            snprintf(name->stash, sizeof name->stash, "%d", ++stashed);
            join(kept, sizeof kept, stash, name->stash);
            if (link(path, kept)) continue;
        }
        count++;
    }
    closedir(entries);
    memcpy(names, fresh, sizeof fresh);
    name_count = count;
}

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("POWER_CUT_AT"), *from = getenv("POWER_CUT_SEED");
    folder = getenv("POWER_CUT_FOLDER");
    stash = getenv("POWER_CUT_STASH");
    if (!folder || !stash || stat(folder, &folder_stat)) {
        folder = NULL;
        return;
    }
    folder_length = strlen(folder);
    cut_at = at ? atol(at) : 0;
    seed = (from ? strtoull(from, NULL, 10) : 0) * 0x9E3779B97F4A7C15u + 0x1234567u;
    remember_names();
}

/* How many syncs a whole run has. */
__attribute__((destructor)) static void end(void) {
    if (!folder) return;
    char path[4096], text[32];
    join(path, sizeof path, stash, "syncs");
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int length = snprintf(text, sizeof text, "%ld", syncs);
    if (fd >= 0 && syscall(SYS_write, fd, text, length) == length) syscall(SYS_close, fd);
}

static int is_watched(const char *path) {
    return folder && path && !strncmp(path, folder, folder_length) && path[folder_length] == '/';
}

/* The file behind a handle; handles are reused, so the inode decides. */
static struct file *file_behind(int fd) {
    struct stat found;
    if (!folder || fd < 0 || fd >= MOST_FDS || !file_of[fd]) return NULL;
    struct file *file = &files[file_of[fd] - 1];
    if (fstat(fd, &found) || found.st_ino != file->inode || found.st_dev != file->device) return NULL;
    return file;
}

static void watch(int fd) {
    struct stat found;
    char path[64];
    if (fd >= MOST_FDS || fstat(fd, &found) || !S_ISREG(found.st_mode)) return;
    for (int i = 0; i < file_count; i++)
        if (files[i].inode == found.st_ino && files[i].device == found.st_dev) {
            file_of[fd] = i + 1;
            return;
        }
    if (file_count == MOST_FILES) abort();
    struct file *file = &files[file_count++];
    memset(file, 0, sizeof *file);
    file->device = found.st_dev;
    file->inode = found.st_ino;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    file->keeper = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (file->keeper < 0) abort();
    file_of[fd] = file_count;
}

static void keep_old_bytes(struct file *file, off_t offset, off_t length) {
    struct stat found;
    if (length <= 0) return;
    if (!file->touched) {
        fstat(file->keeper, &found);
        file->durable_size = found.st_size;
        file->touched = 1;
    }
    size_t last = (offset + length - 1) / SECTOR;
    if (last >= file->sectors) {
        size_t sectors = last * 2 + 64;
        file->old = realloc(file->old, sectors * sizeof *file->old);
        memset(file->old + file->sectors, 0, (sectors - file->sectors) * sizeof *file->old);
        file->sectors = sectors;
    }
    for (size_t sector = offset / SECTOR; sector <= last; sector++) {
        if (file->old[sector]) continue;
        file->old[sector] = calloc(1, SECTOR);
        if ((off_t)sector * SECTOR < file->durable_size)
            syscall(SYS_pread64, file->keeper, file->old[sector], SECTOR, (off_t)sector * SECTOR);
    }
}

static void forget_old_bytes(struct file *file) {
    for (size_t sector = 0; file->touched && sector < file->sectors; sector++) {
        free(file->old[sector]);
        file->old[sector] = NULL;
    }
    file->touched = 0;
}

static void lose_bytes(struct file *file) {
    struct stat found;
    if (!file->touched || fstat(file->keeper, &found)) return;
    off_t now = found.st_size, before = file->durable_size, size = now;
    if (now != before) {
        /* A file is cut off at once or not at all; it grows by as much as has reached the disk. */
        switch (chance(now < before ? 2 : 3)) {
        case 0: size = before; break;
        case 1: size = now; break;
        default: size = before + chance(now - before + 1);
        }
    }
    unsigned lost_in_hundred = chance(5) * 25;
    for (size_t sector = 0; sector < file->sectors; sector++) {
        off_t offset = (off_t)sector * SECTOR;
        if (!file->old[sector]) continue;
        /* Of a cut off tail that is back, the old bytes are back too. */
        if (offset >= now ? offset >= size : chance(100) >= lost_in_hundred) continue;
        if (offset >= before && chance(2))
            for (int i = 0; i < SECTOR; i++) file->old[sector][i] = chance(256);
        syscall(SYS_pwrite64, file->keeper, file->old[sector], SECTOR, offset);
    }
    syscall(SYS_ftruncate, file->keeper, size);
}

static void lose_names(void) {
    char path[4096], kept[4096];
    struct stat found;
    for (int i = 0; i < name_count; i++) {
        join(path, sizeof path, folder, names[i].name);
        join(kept, sizeof kept, stash, names[i].stash);
        int is_there = !lstat(path, &found);
        if ((is_there && found.st_ino == names[i].inode) || chance(2)) continue;
        if (is_there) unlink(path);
        if (link(kept, path)) continue;
    }
    DIR *entries = opendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        int is_durable = 0;
        join(path, sizeof path, folder, entry->d_name);
        if (lstat(path, &found) || !S_ISREG(found.st_mode)) continue;
        for (int i = 0; i < name_count; i++) is_durable |= !strcmp(names[i].name, entry->d_name);
        if (!is_durable && chance(2)) unlink(path);
    }
    closedir(entries);
}

static int sync_watched(int fd, long number) {
    struct stat found;
    pthread_mutex_lock(&guard);
    struct file *file = file_behind(fd);
    int is_folder = folder && !file && !fstat(fd, &found) && S_ISDIR(found.st_mode) &&
                    found.st_ino == folder_stat.st_ino && found.st_dev == folder_stat.st_dev;
    if (!file && !is_folder) {
        pthread_mutex_unlock(&guard);
        return syscall(number, fd);
    }
    if (++syncs == cut_at) {
        for (int i = 0; i < file_count; i++) lose_bytes(&files[i]);
        lose_names();
        syscall(SYS_exit_group, CUT_EXIT);
    }
    /* The disk itself is not asked: no real power goes. */
    if (file) forget_old_bytes(file);
    else remember_names();
    pthread_mutex_unlock(&guard);
    return 0;
}

static int open_watched(int at, const char *path, int flags, mode_t mode) {
    int watched = is_watched(path) && (flags & O_ACCMODE) != O_RDONLY && !(flags & O_DIRECTORY);
    int fd = syscall(SYS_openat, at, path, watched ? flags & ~O_TRUNC : flags, mode);
    if (fd < 0 || fd >= MOST_FDS || !folder) return fd;
    pthread_mutex_lock(&guard);
    file_of[fd] = 0;
    if (watched) watch(fd);
    pthread_mutex_unlock(&guard);
    if (watched && (flags & O_TRUNC) && ftruncate(fd, 0)) return -1;
    return fd;
}

#define MODE_OF(flags, mode)                   \
    mode_t mode = 0;                           \
    if ((flags) & (O_CREAT | O_TMPFILE)) {     \
        va_list rest;                          \
        va_start(rest, flags);                 \
        mode = va_arg(rest, int);              \
        va_end(rest);                          \
    }

int open(const char *path, int flags, ...) {
    MODE_OF(flags, mode)
    return open_watched(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_OF(flags, mode)
    return open_watched(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
    MODE_OF(flags, mode)
    return open_watched(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
    MODE_OF(flags, mode)
    return open_watched(at, path, flags, mode);
}

static ssize_t write_watched(int fd, const void *bytes, size_t length, off_t offset) {
    pthread_mutex_lock(&guard);
    struct file *file = file_behind(fd);
    if (file) {
        off_t place = offset;
        if (place < 0) {
            place = fcntl(fd, F_GETFL) & O_APPEND ? lseek(file->keeper, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
        }
        keep_old_bytes(file, place, length);
    }
    ssize_t written = offset < 0 ? syscall(SYS_write, fd, bytes, length)
                                 : syscall(SYS_pwrite64, fd, bytes, length, offset);
    pthread_mutex_unlock(&guard);
    return written;
}

ssize_t write(int fd, const void *bytes, size_t length) { return write_watched(fd, bytes, length, -1); }

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return write_watched(fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    return write_watched(fd, bytes, length, offset);
}

ssize_t writev(int fd, const struct iovec *pieces, int count) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t written = write_watched(fd, pieces[i].iov_base, pieces[i].iov_len, -1);
        if (written < 0) return all ? all : -1;
        all += written;
        if ((size_t)written < pieces[i].iov_len) break;
    }
    return all;
}

int ftruncate(int fd, off_t size) {
    struct stat found;
    pthread_mutex_lock(&guard);
    struct file *file = file_behind(fd);
    if (file && !fstat(fd, &found)) {
        /* What stands beyond the new end may come back; a longer file is dirty by its length alone. */
        off_t from = size < found.st_size ? size : found.st_size, to = size < found.st_size ? found.st_size : size;
        keep_old_bytes(file, from, to - from);
    }
    int outcome = syscall(SYS_ftruncate, fd, size);
    pthread_mutex_unlock(&guard);
    return outcome;
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

int fsync(int fd) { return sync_watched(fd, SYS_fsync); }

int fdatasync(int fd) { return sync_watched(fd, SYS_fdatasync); }

/* Copying inside the kernel would pass us by; whoever tries it falls back to reading and writing. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *into, size_t length, unsigned flags) {
    (void)from, (void)at, (void)to, (void)into, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    (void)to, (void)from, (void)at, (void)length;
    errno = EINVAL;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    (void)to, (void)from, (void)at, (void)length;
    errno = EINVAL;
    return -1;
}

ssize_t splice(int from, off64_t *at, int to, off64_t *into, size_t length, unsigned flags) {
    (void)from, (void)at, (void)to, (void)into, (void)length, (void)flags;
    errno = EINVAL;
    return -1;
}
