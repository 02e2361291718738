// Puts EICAR into unusual places: place ACTION TAIL ARGUMENT... TAIL is white space that makes the content unique. Actions that keep
// something open continue in the background. Prints the time at which the content can be read.
#include "common.h"
#include <linux/falloc.h>
#include <linux/io_uring.h>
#include <sys/sendfile.h>
#include <sys/xattr.h>

static char *tail;
static char text[256];
static size_t size;

static void *map(int fd, size_t length) {
  void *at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) die("mmap");
  return at;
}

static void hold(char **arg) {  // PATH SECONDS
  detach();
  put(create(arg[0]), text, size);
  stay(atol(arg[1]));
}
static void hold_existing(char **arg) {  // PATH SECONDS: opens a harmless file for writing and changes its content a second later
  int fd = create(arg[0]);
  memset(text, 'x', size);
  put(fd, text, size);
  close(fd);
  pause_ms(1500);
  detach();
  fd = open(arg[0], O_RDWR);
  eicar(text, tail);
  if (pwrite(fd, text, size, 0) < 0) die("pwrite");
  stay(atol(arg[1]));
}
static void grow(char **arg) {  // PATH SECONDS: in two parts, two seconds apart, and stays open
  detach();
  int fd = create(arg[0]);
  put(fd, text, 30);
  pause_ms(2000);
  put(fd, text + 30, size - 30);
  stay(atol(arg[1]));
}
static void overwrite(char **arg) {  // PATH: in place, without truncation
  int fd = create(arg[0]);
  put(fd, "harmless", 8);
  close(fd);
  pause_ms(500);
  fd = open(arg[0], O_WRONLY);
  put(fd, text, size);
  stamp();
  close(fd);
}
static void unnamed(char **arg) {  // FOLDER PATH: O_TMPFILE and linkat
  make_folders(arg[1]);
  int fd = open(arg[0], O_TMPFILE | O_RDWR, 0644);
  char name[64];
  if (fd < 0) die("O_TMPFILE");
  put(fd, text, size);
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  if (linkat(AT_FDCWD, name, AT_FDCWD, arg[1], AT_SYMLINK_FOLLOW)) die("linkat");
  stamp();
  close(fd);
}
static void write_plain(char **arg) {  // PATH, without a time
  int fd = create(arg[0]);
  put(fd, text, size);
  close(fd);
}
static void rename_later(char **arg) {  // TEMPORARY PATH MILLISECONDS
  write_plain(arg);
  make_folders(arg[1]);
  pause_ms(atol(arg[2]));
  stamp();
  if (rename(arg[0], arg[1])) die("rename");
}
static void link_later(char **arg) {  // TEMPORARY PATH MILLISECONDS
  write_plain(arg);
  make_folders(arg[1]);
  pause_ms(atol(arg[2]));
  stamp();
  if (link(arg[0], arg[1])) die("link");
}
static void exchange(char **arg) {  // PATH OTHER: EICAR moves to OTHER
  close(create(arg[1]));
  write_plain(arg);
  pause_ms(2000);
  stamp();
  if (syscall(SYS_renameat2, AT_FDCWD, arg[0], AT_FDCWD, arg[1], 2)) die("renameat2");
}
static void mapped(char **arg) {  // PATH
  int fd = create(arg[0]);
  if (ftruncate(fd, size)) die("ftruncate");
  void *at = map(fd, size);
  memcpy(at, text, size);
  munmap(at, size);
  stamp();
  close(fd);
}
static void mapped_later(char **arg) {  // PATH SECONDS: through a mapping of a file that was closed two seconds ago
  detach();
  int fd = create(arg[0]);
  if (ftruncate(fd, size)) die("ftruncate");
  void *at = map(fd, size);
  close(fd);
  pause_ms(2000);
  memcpy(at, text, size);
  stay(atol(arg[1]));
}
static void spliced(char **arg) {  // PATH
  int fd = create(arg[0]), ends[2];
  if (pipe(ends)) die("pipe");
  put(ends[1], text, size);
  if (splice(ends[0], NULL, fd, NULL, size, 0) < 0) die("splice");
  stamp();
  close(fd);
}
static void copy(char **arg) {  // PATH SOURCE SECONDS range|sendfile: into a file that stays open
  write_plain(arg + 1);
  detach();
  int from = open(arg[1], O_RDONLY), to = create(arg[0]);
  if ((strcmp(arg[3], "range") ? sendfile(to, from, NULL, size) : copy_file_range(from, NULL, to, NULL, size, 0)) < 0) die(arg[3]);
  stay(atol(arg[2]));
}
static void uring(char **arg) {  // PATH SECONDS: IORING_OP_WRITE into a file that stays open
  detach();
  int file = create(arg[0]);
  struct io_uring_params params = {0};
  int ring = syscall(SYS_io_uring_setup, 4, &params);
  if (ring < 0) die("io_uring_setup");
  struct io_uring_sqe *entries = mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
  size_t length = params.sq_off.array + params.sq_entries * sizeof(unsigned);
  char *queue = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
  if (entries == MAP_FAILED || queue == MAP_FAILED) die("mmap of the ring");
  entries[0] = (struct io_uring_sqe){.opcode = IORING_OP_WRITE, .fd = file, .addr = (unsigned long)text, .len = size};
  ((unsigned *)(queue + params.sq_off.array))[0] = 0;
  __atomic_store_n((unsigned *)(queue + params.sq_off.tail), 1, __ATOMIC_RELEASE);
  if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0) die("io_uring_enter");
  struct stat now;
  if (fstat(file, &now) || now.st_size != (off_t)size) die("io_uring wrote nothing");
  stay(atol(arg[1]));
}
static void truncated(char **arg) {  // PATH: the rest of the file is cut off later
  int fd = create(arg[0]);
  put(fd, text, size);
  for (int line = 0; line < 20; line++) put(fd, "and further text\n", 17);
  close(fd);
  pause_ms(2000);
  stamp();
  if (truncate(arg[0], size)) die("truncate");
}
static void collapsed(char **arg) {  // PATH SECONDS: the first block is removed with fallocate, and the file stays open
  static char block[4096];
  int fd = create(arg[0]);
  memset(block, 'x', sizeof block);
  put(fd, block, sizeof block);
  put(fd, text, size);
  fsync(fd);
  close(fd);
  pause_ms(2000);
  detach();
  fd = open(arg[0], O_RDWR);
  if (fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, 0, sizeof block)) die("fallocate");
  stay(atol(arg[1]));
}
static void removed(char **arg) {  // PATH MILLISECONDS
  int fd = create(arg[0]);
  put(fd, text, size);
  stamp();
  close(fd);
  pause_ms(atol(arg[1]));
  if (unlink(arg[0])) die("unlink");
}
static void deep(char **arg) {  // FOLDER COUNT: COUNT nested folders of 200 characters
  char name[201];
  memset(name, 'd', 200), name[200] = 0;
  make_folders(arg[0]);
  if (mkdir(arg[0], 0755) || chdir(arg[0])) die(arg[0]);
  for (long level = atol(arg[1]); level > 0; level--)
    if (mkdir(name, 0755) || chdir(name)) die("mkdir");
  int fd = open("invoice.com", O_CREAT | O_WRONLY, 0644);
  put(fd, text, size);
  stamp();
  close(fd);
}
static void no_access(char **arg) {  // PATH file|folder
  int fd = create(arg[0]);
  put(fd, text, size);
  if (!strcmp(arg[1], "file")) {
    if (fchown(fd, 65534, 65534) || fchmod(fd, 0)) die("fchmod");
  } else {
    *strrchr(arg[0], '/') = 0;
    if (chmod(arg[0], 0)) die("chmod");
  }
  stamp();
  close(fd);
}
static void through_link(char **arg) {  // TARGET LINK
  close(create(arg[0]));
  make_folders(arg[1]);
  if (symlink(arg[0], arg[1])) die("symlink");
  write_file(arg[1], tail);
}
static void through_descriptor(char **arg) {  // PATH: a child opens the descriptor of its parent
  int fd = create(arg[0]);
  char name[64];
  snprintf(name, sizeof name, "/proc/%d/fd/%d", getpid(), fd);
  if (fork() == 0) {
    write_file(name, tail);
    exit(0);
  }
  wait(NULL);
}
static void attribute(char **arg) {  // PATH: in an extended attribute only
  int fd = create(arg[0]);
  if (fsetxattr(fd, "trusted.note", text, size, 0) && fsetxattr(fd, "user.note", text, size, 0)) die("setxattr");
  stamp();
  close(fd);
}
static void large(char **arg) {  // PATH BYTES start|end: a sparse file
  int fd = create(arg[0]);
  if (ftruncate(fd, atoll(arg[1]))) die("ftruncate");
  if (pwrite(fd, text, size, strcmp(arg[2], "end") ? 0 : atoll(arg[1]) - (off_t)size) < 0) die("pwrite");
  stamp();
  close(fd);
}
static void dated(char **arg) {  // PATH UNIX_SECONDS
  int fd = create(arg[0]);
  struct timespec times[2] = {{atoll(arg[1]), 0}, {atoll(arg[1]), 0}};
  put(fd, text, size);
  if (futimens(fd, times)) die("futimens");
  stamp();
  close(fd);
}
static void in_namespace(char **arg) {  // PATH user|mount
  if (!strcmp(arg[1], "user")) enter_user_namespace();
  else if (unshare(CLONE_NEWNS)) die("unshare");
  write_file(arg[0], tail);
}
static void in_tmpfs(char **arg) {  // FOLDER NAME SECONDS [overlay]: in a user and mount namespace
  char name[4096], options[4096];
  snprintf(name, sizeof name, "%s/", arg[0]);
  make_folders(name);
  detach();
  enter_user_namespace();
  if (mount("own", arg[0], "tmpfs", 0, NULL)) die("mount");
  if (arg[3]) {
    for (const char *const *part = (const char *const[]){"lower", "upper", "work", NULL}; *part; part++) {
      snprintf(name, sizeof name, "%s/%s", arg[0], *part);
      if (mkdir(name, 0755)) die(name);
    }
    snprintf(options, sizeof options, "lowerdir=%1$s/lower,upperdir=%1$s/upper,workdir=%1$s/work,userxattr", arg[0]);
    if (mount("own", arg[0], "overlay", 0, options)) die("mount of the overlay");
  }
  snprintf(name, sizeof name, "%s/%s", arg[0], arg[1]);
  write_file(name, tail);
  stay(atol(arg[2]));
}
static void changed_root(char **arg) {  // FOLDER PATH
  char name[4096];
  snprintf(name, sizeof name, "%s/", arg[0]);
  make_folders(name);
  if (chroot(arg[0]) || chdir("/")) die("chroot");
  write_file(arg[1], tail);
}
static void stalled(char **arg) {  // FOLDER SECONDS: a FUSE file system whose server never answers
  char options[128];
  mkdir(arg[0], 0755);
  detach();
  int fuse = open("/dev/fuse", O_RDWR);
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", fuse);
  if (fuse < 0 || mount("stalled", arg[0], "fuse", 0, options)) die("fuse");
  stay(atol(arg[1]));
}
static void plain(char **arg) { write_file(arg[0], tail); }  // PATH

static const struct { const char *name; void (*run)(char **); } ACTIONS[] = {
  {"write", plain}, {"hold", hold}, {"hold-existing", hold_existing}, {"grow", grow}, {"overwrite", overwrite}, {"unnamed", unnamed},
  {"rename", rename_later}, {"link", link_later}, {"exchange", exchange}, {"mapped", mapped}, {"mapped-later", mapped_later},
  {"splice", spliced}, {"copy", copy}, {"uring", uring}, {"truncate", truncated}, {"collapse", collapsed}, {"remove", removed},
  {"deep", deep}, {"no-access", no_access}, {"through-link", through_link}, {"through-descriptor", through_descriptor},
  {"attribute", attribute}, {"large", large}, {"dated", dated}, {"namespace", in_namespace}, {"tmpfs", in_tmpfs},
  {"chroot", changed_root}, {"stalled", stalled},
};

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  tail = argv[2];
  size = eicar(text, tail);
  for (int index = 3; index < argc; index++) decode(argv[index]);
  for (size_t index = 0; index < sizeof ACTIONS / sizeof *ACTIONS; index++)
    if (!strcmp(argv[1], ACTIONS[index].name)) {
      ACTIONS[index].run(argv + 3);
      return 0;
    }
  fprintf(stderr, "unknown action %s\n", argv[1]);
  return 2;
}
