import { rename as move } from 'node:fs/promises'
import { sleep } from '@guardimesh/kit'
import { HOSTILE_NAMES } from '@guardimesh/testbed/hostile-names.js'
import { REVERSE_SHELL } from '../malware-layers.js'
import type { Placement } from '../placement.js'
import { placed, writeIn, written } from './builders.js'

const OBFUSCATED = /JavaScript_Obfuscator/
const WEB_SHELL = /Webshell|PHP_/
const REVERSE = /Reverse/
/** Shaped like a web shell, in parts, so that scanners do not detect this file. */
const PHP = ['<?php if (false) ', 'ev', 'al($_PO', "ST['x']); ?>\n"].join('')
const MIB = 1024 * 1024

/** Names of files, and content whose rules depend on the name or follow padding. */
export const NAMES: readonly Omit<Placement, 'group'>[] = [
  ...HOSTILE_NAMES.map(({ name, bytes }) =>
    placed(`name: ${name}`, 'write', (folder) => [`${folder}/${escaped(bytes)}`], { path: (folder) => `${folder}/${bytes}` }),
  ),
  written('obfuscated JavaScript', 'one.js', ({ folder }) => obfuscated(folder), { signature: OBFUSCATED }),
  rewritten('first as .txt, then the same bytes as .js', async (pod, folder, content) => {
    await writeIn(pod, `${folder}/two.txt`, content)
    await sleep(2000)
    return writeIn(pod, `${folder}/two.js`, content)
  }),
  rewritten('renamed from .tmp to .js at once', async (pod, folder, content) => {
    await writeIn(pod, `${folder}/two.tmp`, content)
    return rename(pod, folder)
  }),
  rewritten('renamed from .tmp to .js 2 s later', async (pod, folder, content) => {
    await writeIn(pod, `${folder}/two.tmp`, content)
    await sleep(2000)
    return rename(pod, folder)
  }),
  written('web shell after 600 bytes of HTML', 'a.html', () => `${'<p>text</p>\n'.repeat(50)}${PHP}`, { signature: WEB_SHELL }),
  written('web shell after 600 blanks', 'a.inc', () => `${' '.repeat(600)}${PHP}`, { signature: WEB_SHELL }),
  written('web shell after 3 MiB of comments', 'b.inc', () => padded('<?php\n', '// text\n', 3, PHP), { signature: WEB_SHELL }),
  written('script with its payload after 17 MiB', 'a.sh', () => padded('#!/bin/sh\n', '# text\n', 17, REVERSE_SHELL), {
    signature: REVERSE,
    in: 'heavy',
  }),
]

type Pod = Parameters<typeof writeIn>[0]

function rewritten(name: string, write: (pod: Pod, folder: string, content: string) => Promise<number>): Omit<Placement, 'group'> {
  const run: Placement['run'] = async ({ stage: { web }, folder }) => {
    const atMs = await write(web, folder, obfuscated(folder))
    return { containerId: web.containerId, atMs, path: `${folder}/two.js`, signature: OBFUSCATED }
  }
  return { name, run }
}

async function rename(pod: Pod, folder: string): Promise<number> {
  const root = `/proc/${pod.pid}/root${folder}`
  await move(`${root}/two.tmp`, `${root}/two.js`)
  return Date.now()
}

/** Builds a script that is named as an obfuscator does and runs nothing. Pure. @param seed makes its content unique. */
function obfuscated(seed: string): string {
  const name = (index: number) => `_0x${(0xa1b2 + 7 * index).toString(16)}`
  const lines = Array.from({ length: 60 }, (_, index) => `var ${name(index)}=function(${name(index + 60)}){return ${name(index + 60)}};`)
  return [`// ${seed}`, 'if (false) {', ...lines, 'eval("0");}', ''].join('\n')
}

function padded(head: string, line: string, mib: number, payload: string): Buffer {
  return Buffer.concat([Buffer.from(head), Buffer.alloc(mib * MIB, line), Buffer.from(`\n${payload}`)])
}

/** Escapes the bytes of a name for the helper program. Pure. */
function escaped(bytes: string): string {
  return bytes.replaceAll(/[^\w.]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
