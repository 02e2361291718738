/** A file that a process has mapped to execute. */
export interface MappedFile {
  /** As the container sees it, raw bytes, without " (deleted)". */
  readonly path: Buffer
  readonly kind: 'deleted' | 'memfd'
  /** Name of the mapping in `map_files`, "<from>-<to>". */
  readonly range: string
}

const LINE = /^([0-9a-f]+-[0-9a-f]+) ..x. [0-9a-f]+ ([0-9a-f]+:[0-9a-f]+ \d+) +(\/.*) \(deleted\)$/
/** Shared memory of the kernel's own making, no file: mapped by /dev/zero, System V shared memory, asynchronous IO. */
const NO_FILE = /^\/(dev\/zero$|SYSV|\[aio\]|anon_hugepage)/
/** The kernel's own file systems in memory, which nobody can mount, come first: a file of a container that is called like that has another device. */
const KERNEL_DEVICE = /^00:0?[0-9a-f] /

/**
 * Finds the deleted files that are mapped to execute, in the text of `/proc/<pid>/maps`. One entry a file: a library has several mappings.
 * Pure. Source: proc_pid_maps(5).
 */
export function parseDeletedMappings(text: Buffer): MappedFile[] {
  const files = new Map<string, MappedFile>()
  for (const line of text.toString('latin1').split('\n')) {
    const [, range, file, name] = LINE.exec(line) ?? []
    if (range === undefined || file === undefined || name === undefined || files.has(file)) continue
    if (NO_FILE.test(name) && KERNEL_DEVICE.test(file)) continue
    // The kernel escapes the one character that would break the line.
    const path = Buffer.from(name.replaceAll('\\012', '\n'), 'latin1')
    files.set(file, { path, kind: name.startsWith('/memfd:') ? 'memfd' : 'deleted', range: withoutLeadingZeros(range) })
  }
  return [...files.values()]
}

/** `map_files` has no leading zeros, `maps` has. */
function withoutLeadingZeros(range: string): string {
  return range
    .split('-')
    .map((address) => address.replace(/^0+(?=.)/, ''))
    .join('-')
}
