/** A mount: one line of `/proc/<pid>/mountinfo`. Paths are raw bytes with the kernel's escapes decoded. */
export interface Mount {
  readonly id: number
  /** Id of the mount that it is mounted on. */
  readonly parentId: number
  /** "major:minor". */
  readonly device: string
  /** Folder or file of the file system that is mounted. */
  readonly root: Buffer
  readonly mountPoint: Buffer
  readonly isReadOnly: boolean
  readonly fileSystem: string
  /** Device, server or a name that the process that mounted it has chosen. */
  readonly source: Buffer
  /** Options of the file system in the kernel's order. A name may occur more than once. */
  readonly superOptions: readonly (readonly [name: string, value: Buffer])[]
}

/**
 * Parses the text of mountinfo; skips invalid lines. Pure.
 * Source: proc_pid_mountinfo(5).
 */
export function parseMountinfo(text: Buffer): Mount[] {
  // latin1 preserves every byte as one character.
  return text
    .toString('latin1')
    .split('\n')
    .map(parseLine)
    .filter((mount) => mount !== undefined)
}

function parseLine(line: string): Mount | undefined {
  const [left, right] = line.split(' - ', 2)
  const [id, parentId, device, root, mountPoint, options] = (left ?? '').split(' ')
  const [fileSystem, source, superOptions] = (right ?? '').split(' ')
  if (!id || !device || !root || !mountPoint || !fileSystem) return undefined
  return {
    id: Number(id),
    parentId: Number(parentId),
    device,
    root: unescapeOctal(root),
    mountPoint: unescapeOctal(mountPoint),
    isReadOnly: (options ?? '').split(',').includes('ro'),
    fileSystem,
    source: unescapeOctal(source ?? ''),
    superOptions: (superOptions ?? '').split(',').map(parseOption),
  }
}

function parseOption(option: string): readonly [string, Buffer] {
  const equals = option.indexOf('=')
  return equals === -1 ? [option, Buffer.alloc(0)] : [option.slice(0, equals), unescapeOctal(option.slice(equals + 1))]
}

/** The kernel escapes space, tab, newline, backslash and, in options, comma as `\` and three octal digits. */
function unescapeOctal(text: string): Buffer {
  return Buffer.from(
    text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))),
    'latin1',
  )
}
