// Shared parts of the programs that create placements inside a container. The EICAR string is assembled at run time.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

// Prints the time at which the content can be read or executed, once.
static inline void stamp(void) {
  static int printed;
  struct timespec now;
  if (printed++) return;
  clock_gettime(CLOCK_REALTIME, &now);
  printf("%lld\n", now.tv_sec * 1000LL + now.tv_nsec / 1000000);
  fflush(stdout);
}

static inline void pause_ms(long ms) {
  struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&time, NULL);
}

// Continues in a child process, without the caller's outputs once the time was printed. The caller gets the printed time.
static inline void detach(void) {
  int ends[2];
  char line[32];
  if (pipe(ends)) die("pipe");
  if (fork() == 0) {
    setsid();
    dup2(ends[1], 1);
    close(ends[0]);
    close(ends[1]);
    // A program that replaces this one must not keep the caller's streams.
    fcntl(0, F_SETFD, FD_CLOEXEC);
    fcntl(2, F_SETFD, FD_CLOEXEC);
    return;
  }
  close(ends[1]);
  ssize_t size = read(ends[0], line, sizeof line);
  if (size <= 0 || write(1, line, size) < 0) exit(1);
  exit(0);
}

// Keeps the process and what it holds.
static inline void stay(long seconds) {
  stamp();
  int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; fd++) dup2(null, fd);
  sleep(seconds);
}

// Decodes \xHH, because arguments of the runtime must be UTF-8.
static inline char *decode(char *text) {
  char *out = text;
  for (char *in = text; *in; in++) {
    unsigned byte;
    if (in[0] == '\\' && in[1] == 'x' && sscanf(in + 2, "%2x", &byte) == 1) *out++ = byte, in += 3;
    else *out++ = *in;
  }
  *out = 0;
  return text;
}

static inline size_t eicar(char *buffer, const char *tail) {
  return sprintf(buffer, "%s%s%s%s%s", "X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*", tail);
}

static inline void put(int fd, const void *bytes, size_t size) {
  if (write(fd, bytes, size) != (ssize_t)size) die("write");
}

static inline void put_eicar(int fd, const char *tail) {
  char buffer[256];
  put(fd, buffer, eicar(buffer, tail));
}

static inline void make_folders(const char *path) {
  char name[4096];
  snprintf(name, sizeof name, "%s", path);
  for (char *slash = strchr(name + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(name, 0755);
    *slash = '/';
  }
}

static inline int create(const char *path) {
  make_folders(path);
  int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0755);
  if (fd < 0) die(path);
  return fd;
}

static inline void write_file(const char *path, const char *tail) {
  int fd = create(path);
  put_eicar(fd, tail);
  stamp();
  close(fd);
}

static inline void set(const char *path, const char *text) {
  int fd = open(path, O_WRONLY);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) die(path);
  close(fd);
}

// Enters a user and a mount namespace of its own, as root there.
static inline void enter_user_namespace(void) {
  char ids[32];
  uid_t uid = getuid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) die("unshare");
  set("/proc/self/setgroups", "deny");
  snprintf(ids, sizeof ids, "0 %d 1", uid);
  set("/proc/self/uid_map", ids);
  set("/proc/self/gid_map", "0 0 1");
}
