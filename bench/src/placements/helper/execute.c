// Runs code in unusual ways: execute [-b] ACTION ARGUMENT... All code only sleeps; with -b in the background. Prints the time of its start.
#include "common.h"

static int memory(const char *name) {
  int fd = syscall(SYS_memfd_create, name, 0);
  if (fd < 0) die("memfd_create");
  return fd;
}
static int memory_copy(const char *name, const char *source) {
  static char buffer[1 << 16];
  int to = memory(name), from = open(source, O_RDONLY);
  if (from < 0) die(source);
  for (ssize_t size; (size = read(from, buffer, sizeof buffer)) > 0;) put(to, buffer, size);
  close(from);
  return to;
}
static void *map_code(int fd, size_t length) {
  void *at = mmap(NULL, length, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
  if (at == MAP_FAILED) die("mmap");
  return at;
}

static void in_memory(char **arg) {  // NAME PROGRAM ARGUMENT...: replaces this process
  int fd = memory_copy(arg[0], arg[1]);
  stamp();
  syscall(SYS_execveat, fd, "", arg + 1, (char *[]){NULL}, AT_EMPTY_PATH);
  die("execveat");
}
static void script_in_memory(char **arg) {  // NAME TEXT: a shell reads it by descriptor
  int fd = memory(arg[0]);
  char path[64];
  put(fd, arg[1], strlen(arg[1]));
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  stamp();
  execl("/bin/sh", "sh", path, NULL);
  die("execl");
}
static void library_in_memory(char **arg) {  // NAME LIBRARY SECONDS [wipe]: wiped means that its first bytes are overwritten
  int fd = memory_copy(arg[0], arg[1]);
  map_code(fd, 4096);
  if (arg[3] && pwrite(fd, "\0\0\0\0", 4, 0) < 0) die("pwrite");
  close(fd);
  stay(atol(arg[2]));
}
static void code_in_memory(char **arg) {  // NAME SECONDS: no ELF file
  static const unsigned char code[4096] = {0x31, 0xc0, 0xc3};
  int fd = memory(arg[0]);
  put(fd, code, sizeof code);
  ((void (*)(void))map_code(fd, sizeof code))();
  close(fd);
  stay(atol(arg[1]));
}
static void anonymous(char **arg) {  // SECONDS
  unsigned char *code = mmap(NULL, 65536, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (code == MAP_FAILED) die("mmap");
  memcpy(code, "\x31\xc0\xc3", 3);
  ((void (*)(void))code)();
  stay(atol(arg[0]));
}
static void mapped_library(char **arg) {  // PATH SECONDS [remove]
  int fd = open(arg[0], O_RDONLY);
  if (fd < 0) die(arg[0]);
  map_code(fd, 4096);
  close(fd);
  if (arg[2] && unlink(arg[0])) die("unlink");
  stay(atol(arg[1]));
}
static void through_mapping(char **arg) {  // PATH SOURCE SECONDS: writes a program through a mapping after closing it, then runs it
  int from = open(arg[1], O_RDONLY), to = create(arg[0]);
  struct stat facts;
  if (from < 0 || fstat(from, &facts) || ftruncate(to, facts.st_size)) die(arg[1]);
  char *at = mmap(NULL, facts.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, to, 0);
  if (at == MAP_FAILED) die("mmap");
  close(to);
  pause_ms(1000);
  if (read(from, at, facts.st_size) != facts.st_size) die("read");
  munmap(at, facts.st_size);
  stamp();
  execl(arg[0], arg[0], "sleep", arg[2], NULL);
  die(arg[0]);
}
static void in_user_namespace(char **arg) {  // FOLDER SOURCE SECONDS: a program on a tmpfs of its own mount namespace
  char name[4096];
  snprintf(name, sizeof name, "%s/program", arg[0]);
  make_folders(name);
  enter_user_namespace();
  if (mount("own", arg[0], "tmpfs", 0, NULL)) die("mount");
  char command[8192];
  snprintf(command, sizeof command, "cp %s %s", arg[1], name);
  if (system(command)) die("cp");
  stamp();
  execl(name, name, "sleep", arg[2], NULL);
  die(name);
}
static void now(char **arg) { (void)arg, stamp(); }
static void wait_for(char **arg) { pause_ms((long)(atof(arg[0]) * 1000)); }  // SECONDS

static const struct { const char *name; void (*run)(char **); } ACTIONS[] = {
  {"memory", in_memory}, {"script", script_in_memory}, {"library", library_in_memory}, {"code", code_in_memory},
  {"anonymous", anonymous}, {"map", mapped_library}, {"through-mapping", through_mapping}, {"namespace", in_user_namespace},
  {"now", now}, {"sleep", wait_for},
};

int main(int argc, char **argv) {
  if (argc > 2 && !strcmp(argv[1], "-b")) {
    detach();
    argc--, argv++;
  }
  for (size_t index = 0; argc > 1 && index < sizeof ACTIONS / sizeof *ACTIONS; index++)
    if (!strcmp(argv[1], ACTIONS[index].name)) {
      ACTIONS[index].run(argv + 2);
      return 0;
    }
  fprintf(stderr, "usage: execute ACTION ARGUMENT...\n");
  return 2;
}
