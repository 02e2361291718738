/** A file with an executable mapping, or the program itself. */
export interface Mapping {
  /** Path as in `maps`: raw bytes without " (deleted)". */
  readonly path: Buffer
  /** True when the kernel marks the path as deleted, which may also be part of an ordinary name. */
  readonly isMarkedDeleted: boolean
  /** Name of the mapping in `map_files`, "<from>-<to>". */
  readonly range: string
  /** "major:minor" as in mountinfo. */
  readonly device: string
  readonly inode: string
}

/** The executable memory of a process. */
export interface ExecutableMemory {
  /** One entry per file, because a library has several mappings. */
  readonly files: readonly Mapping[]
  /** Bytes of executable memory without a file. */
  readonly anonymousBytes: number
}

const LINE = /^([0-9a-f]+)-([0-9a-f]+) ..x. [0-9a-f]+ ([0-9a-f]+):([0-9a-f]+) (\d+) *(.*)$/
/** Kernel-internal shared memory, which is not a file: /dev/zero, System V shared memory, asynchronous IO. */
const NO_FILE = /^\/(dev\/zero|SYSV[0-9a-f]{8}|\[aio\]|anon_hugepage) \(deleted\)$/
/** Code of the kernel in every process. */
const OF_KERNEL = new Set(['[vdso]', '[vsyscall]', '[uprobes]', '[vectors]', '[sigpage]'])
const DELETED = ' (deleted)'

/**
 * Parses the executable mappings of `/proc/<pid>/maps`. Pure. Source: proc_pid_maps(5).
 *
 * @param memoryDevice device of memory without a mount, "major:minor". A container's file with a name of the kernel has another device.
 */
export function parseExecutableMappings(text: Buffer, memoryDevice: string): ExecutableMemory {
  const files = new Map<string, Mapping>()
  let anonymousBytes = 0
  for (const line of text.toString('latin1').split('\n')) {
    const [, from, to, major, minor, inode, name] = LINE.exec(line) ?? []
    if (!from || !to || !major || !minor || !inode || name === undefined || OF_KERNEL.has(name)) continue
    const device = `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`
    if (!name.startsWith('/') || (NO_FILE.test(name) && device === memoryDevice)) {
      anonymousBytes += Number.parseInt(to, 16) - Number.parseInt(from, 16)
      continue
    }
    const key = `${device} ${inode}`
    if (!files.has(key)) files.set(key, { ...pathOf(name), range: `${withoutZeros(from)}-${withoutZeros(to)}`, device, inode })
  }
  return { files: [...files.values()], anonymousBytes }
}

function pathOf(name: string): Pick<Mapping, 'path' | 'isMarkedDeleted'> {
  const isMarkedDeleted = name.endsWith(DELETED)
  const text = isMarkedDeleted ? name.slice(0, -DELETED.length) : name
  // The kernel escapes newlines.
  return { path: Buffer.from(text.replaceAll('\\012', '\n'), 'latin1'), isMarkedDeleted }
}

/** Unlike `maps`, `map_files` has no leading zeros. */
function withoutZeros(address: string): string {
  return address.replace(/^0+(?=.)/, '')
}
