/* Preloaded into a program, this kills it at its DIE_AT_SYNC-th fsync or fdatasync: before the disk has it if the number
   is odd, after it if even, so that every commit point is met from both sides. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int syncs;

static int synced(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *wanted = getenv("DIE_AT_SYNC");
    int number = wanted ? atoi(wanted) : 0;
    int mine = __sync_add_and_fetch(&syncs, 1);
    int result;
    if (number && mine == (number + 1) / 2 && number % 2)
        kill(getpid(), SIGKILL);
    result = real(file);
    if (number && mine == (number + 1) / 2)
        kill(getpid(), SIGKILL);
    return result;
}

int fsync(int file) { return synced("fsync", file); }
int fdatasync(int file) { return synced("fdatasync", file); }
