/* Makes the disk under a configuration database fail, now and then: for CrashTest, by LD_PRELOAD.
 *
 * While the file named by FAULTY_IO_FLAG exists, FAULTY_IO_PERMILLE of a thousand writes, syncs and
 * truncations of files called vireo.db* fail: a write with EIO, with ENOSPC after half of it, a sync
 * with EIO. Which ones follows from FAULTY_IO_SEED.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static uint64_t state;

/* xorshift64: the same seed gives the same faults. */
static uint64_t next(void) {
  if (state == 0) {
    const char *seed = getenv("FAULTY_IO_SEED");
    state = seed ? strtoull(seed, NULL, 10) * 2 + 1 : 1;
  }
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static int is_database(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) {
    return 0;
  }
  path[length] = 0;
  return strstr(path, "/vireo.db") != NULL;
}

static int fails(int fd) {
  const char *flag = getenv("FAULTY_IO_FLAG");
  const char *permille = getenv("FAULTY_IO_PERMILLE");
  int kept = errno;
  int now = flag && permille && is_database(fd) && access(flag, F_OK) == 0 &&
            next() % 1000 < strtoull(permille, NULL, 10);
  errno = kept;
  return now;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  if (fails(fd)) {
    if (next() % 2 == 0) {
      errno = EIO;
      return -1;
    }
    if (count > 1) {
      return REAL(pwrite64)(fd, bytes, count / 2, offset); /* the rest meets a full disk */
    }
    errno = ENOSPC;
    return -1;
  }
  return REAL(pwrite64)(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return pwrite64(fd, bytes, count, offset);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return REAL(write)(fd, bytes, count);
}

int fsync(int fd) {
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return REAL(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t length) {
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
