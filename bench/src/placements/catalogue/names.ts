import { rename as move } from 'node:fs/promises'
import { sleep } from '@guardimesh/kit'
import { REVERSE_SHELL } from '../malware-layers.js'
import type { Placement } from '../placement.js'
import { placed, writeIn, written } from './builders.js'

const OBFUSCATED = /JavaScript_Obfuscator/
const WEB_SHELL = /Webshell|PHP_/
const REVERSE = /Reverse/
/** Shaped like a web shell, in parts, so that scanners do not detect this file. */
const PHP = ['<?php if (false) ', 'ev', 'al($_PO', "ST['x']); ?>\n"].join('')
const MIB = 1024 * 1024

/** Names in hexadecimal escapes, which are the bytes on disk. */
const HOSTILE_NAMES: Readonly<Record<string, string>> = {
  'newline and tab': 'a\\x0ab\\x09c.com',
  'carriage return': 'cr\\x0dOK clean.txt',
  'newlines with text': 'two\\x0a\\x0alines: OK\\x0a.py',
  'escape sequence': 'esc\\x1b[2J\\x1b[31mred.txt',
  'delete character': 'del\\x7f.com',
  'next line (NEL)': '\\xc2\\x85nel.com',
  'invalid UTF-8': 'bad\\xff\\xfe\\x80.com',
  surrogate: '\\xed\\xa0\\x80surrogate.com',
  'right-to-left override': 'rtl\\xe2\\x80\\xaetxt.exe',
  'zero-width space': 'zwsp\\xe2\\x80\\x8b.com',
  'combining mark first': '\\xcc\\x8acombining.com',
  'composed letter (NFC)': 'caf\\xc3\\xa9-nfc.com',
  'decomposed letter (NFD)': 'cafe\\xcc\\x81-nfd.com',
  backslash: 'back\\x5cslash.com',
  'text of an escape': 'back\\x5cx41.com',
  'percent escape': '%41%2f.com',
  'shell expression': 'quote\\x27"$(id).com',
  HTML: '<img src=x onerror=alert(1)>.com',
  formula: '=cmd|\\x27 !A0.csv',
  'leading hyphen': '-rf',
  'leading and trailing blank': ' lead and trail ',
  'mark of a deleted file': 'name (deleted)',
  'mark of an unnamed file': '#123 (deleted)',
}

/** Names of files, and content whose rules depend on the name or follow padding. */
export const NAMES: readonly Omit<Placement, 'group'>[] = [
  ...Object.entries(HOSTILE_NAMES).map(([name, escaped]) =>
    placed(`name: ${name}`, 'write', (folder) => [`${folder}/${escaped}`], { path: (folder) => `${folder}/${unescaped(escaped)}` }),
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

function unescaped(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
