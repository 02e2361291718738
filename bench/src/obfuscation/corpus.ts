import { opendir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IPC_LIMITS, MIB_BYTES } from '@guardimesh/contracts'
import { isExecutableOrScript } from '@guardimesh/scanner/engines/obfuscation/executable-or-script.js'

/** Programs, libraries and scripts of this machine, with the bytes to take from each folder. */
const SOURCES = [
  { folder: '/usr/bin', maxBytes: 40 * MIB_BYTES },
  { folder: '/usr/lib/x86_64-linux-gnu', maxBytes: 20 * MIB_BYTES },
  { folder: '/usr/share/perl', maxBytes: 5 * MIB_BYTES },
  { folder: fileURLToPath(new URL('../../../node_modules', import.meta.url)), maxBytes: 15 * MIB_BYTES },
]
/** Several large programs would determine the result. */
const FILE_MAX_BYTES = 4 * MIB_BYTES
/** Files from each folder. The WASM build leaks 128 KiB per scan and fails at 1 GiB. */
const FOLDER_MAX_FILES = 250
const SMALL_SCRIPTS = 500

export interface CorpusFile {
  readonly name: string
  readonly content: Buffer
}

/** Files in memory, so that reading them is not measured. */
export interface Corpus {
  readonly mixed: readonly CorpusFile[]
  readonly mixedBytes: number
  readonly small: readonly CorpusFile[]
}

export async function collectCorpus(): Promise<Corpus> {
  const mixed: CorpusFile[] = []
  for (const source of SOURCES) mixed.push(...(await filesOf(source.folder, source.maxBytes)))
  const small = Array.from({ length: SMALL_SCRIPTS }, (_, number) => ({
    name: `script-${number}.sh`,
    content: Buffer.from(`#!/bin/sh\nset -e\nfor file in /tmp/*.txt; do\n  echo "${number} $file"\ndone\n`),
  }))
  return { mixed, mixedBytes: mixed.reduce((sum, { content }) => sum + content.length, 0), small }
}

/** Returns files that the obfuscation scanner receives. Skips links. */
async function filesOf(folder: string, maxBytes: number): Promise<CorpusFile[]> {
  const files: CorpusFile[] = []
  let bytes = 0
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (bytes >= maxBytes || files.length >= FOLDER_MAX_FILES) break
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const { size } = await stat(path)
    if (size === 0 || size > Math.min(FILE_MAX_BYTES, IPC_LIMITS.obfuscationContentBytes)) continue
    const content = await readFile(path)
    if (!isExecutableOrScript(content.subarray(0, 512), entry.name)) continue
    files.push({ name: entry.name, content })
    bytes += size
  }
  return files
}
