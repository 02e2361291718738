// Creates crowds in a container: crowd ACTION ARGUMENT... Prints what it did.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILES_PER_FOLDER = 1000, FOLDERS_PER_FOLDER = 100, PROGRAMS = 16, SPECIAL_FILES = 9000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

// Files in nested folders. Every tenth has a content of its own, the others are empty: some file systems remove content slowly.
static void files(char **arg) {  // FOLDER COUNT SECONDS
  char name[256];
  long count = atol(arg[1]), done = 0;
  double end = now() + atof(arg[2]);
  mkdir(arg[0], 0755);
  for (; done < count && now() < end; done++) {
    int length = snprintf(name, sizeof name, "%s/%ld", arg[0], done / FILES_PER_FOLDER / FOLDERS_PER_FOLDER);
    if (done % (FILES_PER_FOLDER * FOLDERS_PER_FOLDER) == 0 && mkdir(name, 0755)) die(name);
    length += snprintf(name + length, sizeof name - length, "/%ld", done / FILES_PER_FOLDER);
    if (done % FILES_PER_FOLDER == 0 && mkdir(name, 0755)) die(name);
    snprintf(name + length, sizeof name - length, "/%ld", done);
    int fd = open(name, O_CREAT | O_WRONLY, 0644);
    if (fd < 0 || (done % 10 == 0 && dprintf(fd, "%ld", done) < 0)) die(name);
    close(fd);
  }
  printf("%ld", done);
}

static void copy_program(const char *path, int number) {
  static char buffer[1 << 16];
  int from = open("/proc/self/exe", O_RDONLY), to = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0755);
  if (from < 0 || to < 0) die(path);
  for (ssize_t size; (size = read(from, buffer, sizeof buffer)) > 0;)
    if (write(to, buffer, size) != size) die(path);
  dprintf(to, "%d", number);
  close(from);
  close(to);
}

static void run_programs(double end) {
  char name[64];
  for (int index = getpid(); now() < end; index++) {
    pid_t child = fork();
    if (child == 0) {
      snprintf(name, sizeof name, "/tmp/program-%d", index % PROGRAMS);
      execl(name, name, "end", NULL);
      _exit(1);
    }
    if (child < 0) usleep(1000);
    else waitpid(child, NULL, 0);
  }
}

// As many processes as allowed, which execute copied programs all the time.
static void processes(char **arg) {  // SECONDS
  char name[64];
  double end = now() + atof(arg[0]);
  int running = 0;
  for (int index = 0; index < PROGRAMS; index++) {
    snprintf(name, sizeof name, "/tmp/program-%d", index);
    copy_program(name, index);
  }
  for (pid_t child; now() < end; usleep(10000))
    while (now() < end && (child = fork()) >= 0) {
      if (child == 0) {
        run_programs(end);
        _exit(0);
      }
      running++;
    }
  while (wait(NULL) > 0) continue;
  printf("%d", running);
}

static int create_special(const char *path, int index) {
  if (index % 3 == 0) return mkfifo(path, 0666);
  if (index % 3 == 1) return mknod(path, index % 2 ? S_IFCHR | 0666 : S_IFBLK | 0666, index % 2 ? makedev(1, 3) : makedev(7, 0));
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  int result = bind(fd, (struct sockaddr *)&address, sizeof address);
  close(fd);
  return result;
}

// FIFOs, devices and sockets, opened, written, renamed and executed again and again.
static void special(char **arg) {  // FOLDER SECONDS
  char name[64], other[64];
  double end = now() + atof(arg[1]);
  int created = 0;
  long opened = 0;
  mkdir(arg[0], 0755);
  for (int index = 0; index < SPECIAL_FILES && now() < end; index++) {
    snprintf(name, sizeof name, "%s/%d", arg[0], index);
    created += create_special(name, index) == 0;
  }
  for (int round = 0; now() < end; round++)
    for (int index = 0; index < SPECIAL_FILES && now() < end; index++) {
      snprintf(name, sizeof name, "%s/%d%s", arg[0], index, round % 2 ? ".php" : "");
      snprintf(other, sizeof other, "%s/%d%s", arg[0], index, round % 2 ? "" : ".php");
      int fd = open(name, O_RDWR | O_NONBLOCK);
      if (fd >= 0) {
        opened++;
        if (write(fd, "x", 1) < 0 && errno != EAGAIN && errno != EPIPE) die(name);
        close(fd);
      }
      chmod(name, 0777);
      if (access(name, F_OK) == 0 && rename(name, other)) die(name);
    }
  printf("%d %ld", created, opened);
}

static void copy(char **arg) { copy_program(arg[0], atoi(arg[1])); }  // PATH NUMBER
static void end(char **arg) { (void)arg; }

static const struct { const char *name; int arguments; void (*run)(char **); } ACTIONS[] = {
  {"files", 3, files}, {"processes", 1, processes}, {"special", 2, special}, {"copy", 2, copy}, {"end", 0, end},
};

int main(int argc, char **argv) {
  for (size_t index = 0; argc > 1 && index < sizeof ACTIONS / sizeof *ACTIONS; index++)
    if (!strcmp(argv[1], ACTIONS[index].name) && argc - 2 == ACTIONS[index].arguments) {
      ACTIONS[index].run(argv + 2);
      return 0;
    }
  fprintf(stderr, "usage: crowd ACTION ARGUMENT...\n");
  return 2;
}
