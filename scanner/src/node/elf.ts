import { readSync } from 'node:fs'

const ELF_MAGIC = Buffer.from('\x7fELF', 'latin1')

/** True when an open file is a program or library. */
export function isElf(fd: number): boolean {
  const head = Buffer.alloc(ELF_MAGIC.length)
  return readSync(fd, head, 0, head.length, 0) === head.length && head.equals(ELF_MAGIC)
}
