import { GuardError } from '@guardimesh/kit/errors/guard-error'
import * as koffi from 'koffi'

const libc = koffi.load(null)

/** System calls that Node does not provide. A negative result is a failure; read `lastErrno` immediately afterwards. */
export const call = {
  /** For openat2, which glibc 2.36 does not wrap. On 64-bit Linux, integer arguments are passed alike for every call. */
  syscall: libc.func('long syscall(long number, long directoryFd, const uint8_t *path, const uint8_t *how, size_t howBytes)') as (
    number: number,
    directoryFd: number,
    path: Uint8Array,
    how: Uint8Array,
    howBytes: number,
  ) => number,
  statx: libc.func('int statx(int directoryFd, const uint8_t *path, int flags, uint32_t mask, uint8_t *out)') as (
    directoryFd: number,
    path: Uint8Array,
    flags: number,
    mask: number,
    out: Uint8Array,
  ) => number,
  fcntl: libc.func('int fcntl(int fd, int command, int argument)') as (fd: number, command: number, argument: number) => number,
  fgetxattr: libc.func('long fgetxattr(int fd, const uint8_t *name, uint8_t *out, size_t bytes)') as (
    fd: number,
    name: Uint8Array,
    out: Uint8Array,
    bytes: number,
  ) => number,
  getdents64: libc.func('long getdents64(int fd, uint8_t *out, size_t bytes)') as (fd: number, out: Uint8Array, bytes: number) => number,
  read: libc.func('long read(int fd, uint8_t *out, size_t bytes)') as (fd: number, out: Uint8Array, bytes: number) => number,
  socket: libc.func('int socket(int family, int type, int protocol)') as (family: number, type: number, protocol: number) => number,
  connect: libc.func('int connect(int fd, const uint8_t *address, uint32_t addressBytes)') as (
    fd: number,
    address: Uint8Array,
    addressBytes: number,
  ) => number,
  sendmsg: libc.func('long sendmsg(int fd, const uint8_t *message, int flags)') as (
    fd: number,
    message: Uint8Array,
    flags: number,
  ) => number,
  getsockopt: libc.func('int getsockopt(int fd, int level, int option, uint8_t *out, uint8_t *outBytes)') as (
    fd: number,
    level: number,
    option: number,
    out: Uint8Array,
    outBytes: Uint8Array,
  ) => number,
  socketpair: libc.func('int socketpair(int family, int type, int protocol, int32_t *out)') as (
    family: number,
    type: number,
    protocol: number,
    out: Int32Array,
  ) => number,
  recvmsg: libc.func('long recvmsg(int fd, uint8_t *message, int flags)') as (fd: number, message: Uint8Array, flags: number) => number,
  bind: libc.func('int bind(int fd, const uint8_t *address, uint32_t addressBytes)') as (
    fd: number,
    address: Uint8Array,
    addressBytes: number,
  ) => number,
  send: libc.func('long send(int fd, const uint8_t *bytes, size_t length, int flags)') as (
    fd: number,
    bytes: Uint8Array,
    length: number,
    flags: number,
  ) => number,
  setsockopt: libc.func('int setsockopt(int fd, int level, int option, const uint8_t *value, uint32_t valueBytes)') as (
    fd: number,
    level: number,
    option: number,
    value: Uint8Array,
    valueBytes: number,
  ) => number,
  setns: libc.func('int setns(int fd, int namespaceType)') as (fd: number, namespaceType: number) => number,
  mallocTrim: libc.func('int malloc_trim(size_t keptBytes)') as (keptBytes: number) => number,
  memfdCreate: libc.func('int memfd_create(const uint8_t *name, uint32_t flags)') as (name: Uint8Array, flags: number) => number,
  fanotifyInit: libc.func('int fanotify_init(uint32_t flags, uint32_t eventFlags)') as (flags: number, eventFlags: number) => number,
  openByHandleAt: libc.func('int open_by_handle_at(int mountFd, const uint8_t *handle, int flags)') as (
    mountFd: number,
    handle: Uint8Array,
    flags: number,
  ) => number,
  fanotifyMark: libc.func('int fanotify_mark(int group, uint32_t flags, uint64_t mask, int directoryFd, const uint8_t *path)') as (
    group: number,
    flags: number,
    mask: number,
    directoryFd: number,
    path: Uint8Array,
  ) => number,
  poll: libc.func('int poll(uint8_t *entries, unsigned long count, int timeoutMs)') as (
    entries: Uint8Array,
    count: number,
    timeoutMs: number,
  ) => number,
  unshare: libc.func('int unshare(int flags)') as (flags: number) => number,
  mount: libc.func(
    'int mount(const uint8_t *source, const uint8_t *folder, const uint8_t *fileSystem, long flags, const uint8_t *options)',
  ) as (source: Uint8Array, folder: Uint8Array, fileSystem: Uint8Array, flags: number, options: Uint8Array) => number,
  chroot: libc.func('int chroot(const uint8_t *folder)') as (folder: Uint8Array) => number,
}

/** Returns the address of memory, for structures with pointers. It must stay referenced and be a separate ArrayBuffer, as V8 moves small views. */
export function addressOf(memory: ArrayBuffer): bigint {
  return koffi.address(memory)
}

const ERRNO_NAMES = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]))
// EWOULDBLOCK has the same number.
ERRNO_NAMES.set(koffi.os.errno.EAGAIN as number, 'EAGAIN')

/** A failed system call. `errno` is the name of the error, such as "ELOOP"; it is also in `facts.errno`. */
export class KernelError extends GuardError {
  readonly errno: string

  constructor(message: string, errno: string, facts: Readonly<Record<string, string | number>> = {}) {
    super('KERNEL_CALL_FAILED', `${message}: ${errno}`, { errno, ...facts })
    this.errno = errno
  }
}

/** Returns the name of the error of the last call, such as "ENOENT". */
export function lastErrno(): string {
  const number = koffi.errno()
  return ERRNO_NAMES.get(number) ?? `errno ${number}`
}

/** Appends the terminating zero byte to a path. @throws KernelError EINVAL when the path contains one: the kernel would use another path. */
export function kernelPath(path: Uint8Array): Buffer {
  if (path.includes(0)) throw new KernelError('the path contains a zero byte', 'EINVAL')
  const terminated = Buffer.allocUnsafe(path.length + 1)
  terminated.set(path)
  terminated[path.length] = 0
  return terminated
}
