/** An executable mapping of a deleted or in-memory file. */
export interface MappedFile {
  /** Path in the container, raw bytes, without " (deleted)". */
  readonly path: Buffer
  readonly kind: 'deleted' | 'memfd'
  /** Name of the mapping in `map_files`, "<from>-<to>". */
  readonly range: string
}

const LINE = /^([0-9a-f]+-[0-9a-f]+) ..x. [0-9a-f]+ ([0-9a-f]+:[0-9a-f]+ \d+) +(\/.*) \(deleted\)$/
/** Kernel-internal shared memory, which is not a file: /dev/zero, System V shared memory, asynchronous IO. */
const NO_FILE = /^\/(dev\/zero$|SYSV|\[aio\]|anon_hugepage)/
/** Devices of kernel-internal file systems. A container's file with such a name has another device. */
const KERNEL_DEVICE = /^00:0?[0-9a-f] /

/**
 * Parses the executable mappings of deleted files from `/proc/<pid>/maps`, one entry per file, because a library has several mappings. Pure. Source: proc_pid_maps(5).
 */
export function parseDeletedMappings(text: Buffer): MappedFile[] {
  const files = new Map<string, MappedFile>()
  for (const line of text.toString('latin1').split('\n')) {
    const [, range, file, name] = LINE.exec(line) ?? []
    if (range === undefined || file === undefined || name === undefined || files.has(file)) continue
    if (NO_FILE.test(name) && KERNEL_DEVICE.test(file)) continue
    // The kernel escapes newlines.
    const path = Buffer.from(name.replaceAll('\\012', '\n'), 'latin1')
    files.set(file, { path, kind: name.startsWith('/memfd:') ? 'memfd' : 'deleted', range: withoutLeadingZeros(range) })
  }
  return [...files.values()]
}

/** Unlike `maps`, `map_files` has no leading zeros. */
function withoutLeadingZeros(range: string): string {
  return range
    .split('-')
    .map((address) => address.replace(/^0+(?=.)/, ''))
    .join('-')
}
