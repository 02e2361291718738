import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, RuleTrialGolden } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

/** A rule that runs for minutes on each file. */
const ENDLESS = 'rule Endless { condition: for all i in (0..100000000000) : (i >= 0) }\n'
const textRule = (name: string, text: string) => `rule ${name} { strings: $a = "${text}" condition: $a }\n`

let folder: string
let authority: TestAuthority
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-rule-trials')
  authority = await createAuthority('rule trials')
  const volume = join(folder, 'volume')
  await writeVolume(volume, [aGeneration('g1')])
  for (const golden of [join(volume, 'golden'), join(folder, 'image')]) await mkdir(golden, { recursive: true })
  await writeFile(join(volume, 'golden', 'tool.sh'), '#!/bin/sh\necho a tool of ours\n')
  for (let n = 0; n < 120; n++) await writeFile(join(folder, 'image', `file-${n}`), `part ${n} of a common image\n`)
  server = await startServer({ folder, authority, env: { GOLDEN_FOLDERS: join(folder, 'image') } })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

async function tryRules(rules: string, headers?: Record<string, string>) {
  const answer = await server.send('POST', '/v1/rule-trials', { rules }, headers)
  return { status: answer.status, body: JSON.parse(answer.body.toString()) as unknown }
}

test('reports no matches in the golden set and activates nothing', async () => {
  const before = await server.status()
  const { status, body } = await tryRules(textRule('Never', 'what nobody writes'))
  expect([status, RuleTrialGolden.parse(body)]).toEqual([200, { files: 121, hitCount: 0, hits: [], problem: '' }])
  expect(await server.status()).toEqual(before)
  expect(await readdir(server.volume)).not.toContain('trial')
})

test('reports each matching golden file with the rule', async () => {
  const { body } = await tryRules(`private ${textRule('Part', 'a tool')}\nrule Ours { condition: Part and filename == "tool.sh" }`)
  const file = join(server.volume, 'golden', 'tool.sh')
  expect(body).toEqual({ files: 121, hitCount: 1, hits: [{ file, rule: 'Ours' }], problem: '' })
})

test('lists 100 matches and counts all matches', async () => {
  const golden = RuleTrialGolden.parse((await tryRules(textRule('Common', 'of a common image'))).body)
  expect([golden.hitCount, golden.hits.length]).toEqual([120, 100])
})

test.each([
  { name: 'an unknown pattern', rules: 'rule Bad {\n condition: $b\n}\n', why: /does not compile: line 2: unknown pattern/ },
  { name: 'text without rules', rules: 'this is no rule', why: /does not compile: line 1: / },
  { name: 'an include of another file', rules: 'include "/etc/passwd"\n', why: /does not compile: / },
])('rejects $name with the line number', async ({ rules, why }) => {
  const { status, body } = await tryRules(rules)
  expect(status).toBe(422)
  expect(Problem.parse(body)).toMatchObject({ code: 'SIGNATURES_INVALID', detail: expect.stringMatching(why) })
})

test.each([
  { name: 'sent without the management key', headers: { authorization: '' }, rules: textRule('A', 'a'), status: 401 },
  { name: 'empty', headers: {}, rules: '', status: 400 },
  { name: 'longer than 256 Ki characters', headers: {}, rules: ' '.repeat(256 * 1024 + 1), status: 400 },
  { name: 'larger than the maximum body', headers: {}, rules: ' '.repeat(2 * 1024 * 1024), status: 413 },
])('rejects rules that are $name', async ({ headers, rules, status }) => {
  expect((await tryRules(rules, headers as Record<string, string>)).status).toBe(status)
})

test('stops rules that exceed the timeout and rejects another trial in the meantime', async () => {
  const endless = tryRules(ENDLESS)
  const second = await tryRules(textRule('A', 'a'))
  expect(second).toMatchObject({ status: 429, body: { code: 'RULE_TRIAL_BUSY' } })
  const golden = RuleTrialGolden.parse((await endless).body)
  expect(golden).toMatchObject({
    files: 121,
    hitCount: 0,
    problem: expect.stringMatching(/^The rules took more than 30 s: only about 0 of 121/),
  })
  expect((await tryRules(textRule('Never', 'what nobody writes'))).status).toBe(200)
}, 90_000)
