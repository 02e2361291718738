import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { runChecked } from '@guardimesh/kit'
import type { ImageEntry } from '@guardimesh/testbed/oci-image.js'

const SOURCES = join(REPOSITORY_FOLDER, 'bench/src/placements/helper')
const LOADER = '/lib64/ld-linux-x86-64.so.2'
const C_LIBRARY = '/lib/x86_64-linux-gnu/libc.so.6'
const programFile = (path: string, content: Buffer): ImageEntry => ({ path, content, mode: 0o755 })

/** Compiles the programs that create placements. @returns them and this machine's loader and C library, as files of an image. */
export async function buildHelperFiles(folder: string): Promise<ImageEntry[]> {
  const compile = async (source: string, output: string, ...flags: string[]) => {
    const file = join(folder, output)
    await runChecked('gcc', ['-O1', ...flags, '-o', file, join(SOURCES, source)])
    return readFile(file)
  }
  const [place, execute, dynamic, library] = await Promise.all([
    compile('place.c', 'place', '-static'),
    compile('execute.c', 'execute', '-static'),
    compile('execute.c', 'execute-dynamic'),
    compile('execute.c', 'library.so', '-shared', '-fPIC'),
  ])
  return [
    programFile('/bin/place', place),
    programFile('/bin/execute', execute),
    programFile('/bin/execute-dynamic', dynamic),
    programFile('/usr/lib/library.so', library),
    ...(await Promise.all([LOADER, C_LIBRARY].map(async (path) => programFile(path, await readFile(await realpath(path)))))),
  ]
}
