/*
 * Makes every fsync take SYNC_MS longer, as on the disks of ordinary virtual servers: for LD_PRELOAD, in measurements only. Both bots
 * are loaded with it, so the comparison stays fair.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_longer(void) {
  const char *ms = getenv("SYNC_MS");
  long nanoseconds = (ms ? atol(ms) : 0) * 1000000L;
  struct timespec span = {nanoseconds / 1000000000L, nanoseconds % 1000000000L};
  nanosleep(&span, 0);
}

static int call(const char *name, int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int result = real(file);
  wait_longer();
  return result;
}

int fsync(int file) { return call("fsync", file); }
int fdatasync(int file) { return call("fdatasync", file); }
