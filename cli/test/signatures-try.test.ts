import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messages, type RuleTrialOrder, type RuleTrialReport } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from '../../backend/test/client.js'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { post } from '../../backend/test/messages.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { aGeneration, writeVolume } from '../../signature-server/test/stored-volume.js'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'

const TIMEOUT_MS = 60_000
let folder: string
let authority: TestAuthority
let server: RunningServer
let api: TestApi
let nodeKey: string

beforeAll(async () => {
  folder = await temporaryFolder('cli-try')
  authority = await createAuthority('cli try')
  await writeVolume(join(folder, 'volume'), [aGeneration('g1')])
  mkdirSync(join(folder, 'volume', 'golden'), { recursive: true })
  writeFileSync(join(folder, 'volume', 'golden', 'tool.sh'), '#!/bin/sh\n# a tool of ours\n')
  server = await startServer({ folder, authority })
  const managementKeyFile = join(folder, 'management-key')
  api = await startTestApi({ config: { signatureServer: { url: new URL(server.url), caFile: server.caFile, managementKeyFile } } })
  writeFileSync(join(folder, 'api-key'), await api.createKey('signatures:write'))
  nodeKey = await api.createKey('ingestion')
  const node = { clusterId: 'test', nodeName: 'node-1', observedAtMs: Date.now() }
  await post(api, '/api/v1/pods/logs', nodeKey, messages.PodLogBatch.encode({ node }).finish())
}, TIMEOUT_MS)
afterAll(async () => {
  await api?.close()
  await server?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
  rmSync(authority.folder, { recursive: true, force: true })
})

function tryRules(rules: string | Buffer, ...args: string[]) {
  const path = join(folder, 'webshells.yar')
  writeFileSync(path, rules)
  return captureOutput(() => runCli(['signatures', 'try', path, '--url', api.url, '--api-key-file', join(folder, 'api-key'), ...args]))
}

/** Reports a result for the next trial as the node of this test. */
async function answerAsNode(changes: Partial<RuleTrialReport> = {}): Promise<void> {
  const order = await waitFor(async () => {
    const answer = await request<RuleTrialOrder>(api, 'GET', '/api/v1/scan/rule-trial', { key: nodeKey })
    return answer.status === 200 ? answer.body : undefined
  }, TIMEOUT_MS)
  const json: RuleTrialReport = {
    ...{ clusterId: 'test', nodeName: 'node-1', state: 'done', problem: '', filesScanned: 12, bytesScanned: 3000 },
    ...{ notScanned: [], hitCount: 0, hits: [], ...changes },
  }
  await request(api, 'POST', `/api/v1/scan/rule-trials/${order.trialId}/reports`, { key: nodeKey, json })
}
const textRule = (text: string) => `rule Tried { strings: $a = "${text}" condition: $a }\n`

test(
  'prints hits by node and pod and exits with 1',
  async () => {
    const place = { namespace: 'shop', podName: 'web', containerName: 'php', containerId: 'c', image: 'shop:1', layer: 'upperdir' }
    const hit = { ...place, path: '/srv/shell.php', sha256: 'c'.repeat(64), sizeBytes: 9, rule: 'Tried' }
    const [tried] = await Promise.all([tryRules(textRule('a tool of ours')), answerAsNode({ hitCount: 3, hits: [hit] })])
    expect(tried.exitCode, tried.stderr).toBe(1)
    expect(tried.stdout.split('\n')).toEqual([
      `golden set  ${join(server.volume, 'golden', 'tool.sh')}  Tried`,
      'test/node-1  shop/web/php  /srv/shell.php  Tried',
      '2 more hits not listed.',
      'Matches on 1 of 1 node: 3 of 12 files. Matches in the golden set: 1 of 1 file.',
      '',
    ])
  },
  TIMEOUT_MS,
)

test(
  'exits with 0 without hits, and prints JSON',
  async () => {
    const [tried] = await Promise.all([tryRules(textRule('unmatched text'), '--json'), answerAsNode()])
    expect(tried.exitCode, tried.stderr).toBe(0)
    expect(JSON.parse(tried.stdout)).toMatchObject({ state: 'done', hitCount: 0, name: 'webshells.yar' })
  },
  TIMEOUT_MS,
)

test(
  'exits with 2 if no file was inspected',
  async () => {
    const [tried] = await Promise.all([tryRules(textRule('unmatched text')), answerAsNode({ filesScanned: 0, bytesScanned: 0 })])
    expect(tried).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('No file of a container was inspected') })
  },
  TIMEOUT_MS,
)

test(
  'reports a failed node and exits with 1',
  async () => {
    const [tried] = await Promise.all([
      tryRules(textRule('unmatched text')),
      answerAsNode({ state: 'failed', problem: 'the rules took more than 10 s for one file' }),
    ])
    expect(tried.exitCode).toBe(1)
    expect(tried.stdout).toContain('test/node-1 failed: the rules took more than 10 s for one file.\n')
  },
  TIMEOUT_MS,
)

test(
  'names nodes that have not reported at the timeout',
  async () => {
    const tried = await tryRules(textRule('unmatched text'), '--timeout', '0.05')
    expect(tried.exitCode).toBe(1)
    expect(tried.stdout).toContain('test/node-1 has not reported.\n')
  },
  TIMEOUT_MS,
)

test.each([
  { name: 'that do not compile', rules: 'rule Bad {\n condition: $b\n}', message: /does not compile: line 2: unknown pattern/ },
  { name: 'that are too long', rules: ' '.repeat(262_145), message: /has 262145 characters; 1 to 262144 are allowed/ },
  { name: 'that are not text', rules: Buffer.from([0x72, 0xff]), message: /is not UTF-8 text/ },
  { name: 'that are empty', rules: '', message: /has 0 characters; 1 to/ },
])(
  'rejects rules $name',
  async ({ rules, message }) => {
    const tried = await tryRules(rules)
    expect([tried.exitCode, tried.stdout]).toEqual([1, ''])
    expect(tried.stderr).toMatch(message)
  },
  TIMEOUT_MS,
)

test('requires the console instead of a management key', async () => {
  writeFileSync(join(folder, 'x.yar'), textRule('x'))
  const args = ['--url', server.url, '--management-key-file', join(folder, 'management-key'), '--ca', server.caFile]
  const tried = await captureOutput(() => runCli(['signatures', 'try', join(folder, 'x.yar'), ...args]))
  expect(tried).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--api-key-file') })
})
