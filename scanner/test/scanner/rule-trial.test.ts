import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG, HOUR_MS, type RuleTrialReport } from '@guardimesh/contracts'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { activateGeneration, textSignature } from './generation.fixture.js'
import { startNode } from './running-scanner.js'

const WAIT = { timeout: 60_000, interval: 50 }
const textRule = (name: string, text: string) => `rule ${name} { strings: $a = "${text}" condition: $a }\n`
/** A rule that runs for minutes on each file. */
const ENDLESS = 'rule Endless { condition: for all i in (0..100000000000) : (i >= 0) }\n'

let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let skipped: RunningPod
const sh = (script: string, where = pod) => where.exec(['/bin/sh', '-c', script])
const pathsOf = (list: readonly { readonly path: Uint8Array }[]) => list.map(({ path }) => Buffer.from(path).toString())
const findings = () => node.backend.results.flatMap((result) => result.findings)
const writeScript = (path: string, text: string) => sh(`mkdir -p $(dirname ${path}); printf '#!/bin/sh\\n# ${text}\\n' > ${path}`)

/** Starts a rule trial, which the next response to the node announces. */
function startTrial(rules: string): string {
  const trialId = randomUUID()
  node.backend.trialReports.length = 0
  node.backend.state.trial = { trialId, rules, expiresAt: new Date(Date.now() + HOUR_MS).toISOString() }
  return trialId
}
const outcome = () =>
  vi.waitFor(() => {
    const last = node.backend.trialReports.find(({ state }) => state !== 'running')
    expect(last).toBeDefined()
    return last as RuleTrialReport
  }, WAIT)

beforeAll(async () => {
  node = await startNode({
    obfuscation: true,
    signatures: async (folder) => {
      await activateGeneration(folder, '20261120-1', textSignature('Test.Known', 'known-malware'))
      const rules = join(folder, 'current', 'yara')
      await mkdir(rules)
      await writeFile(join(rules, 'custom-active.yar'), textRule('Active_Rule', 'active-rule'))
      return join(folder, 'current', 'clamav')
    },
  })
  node.backend.state.scanConfig = { ...node.backend.state.scanConfig, skipNamespaces: ['left-out'] }
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  skipped = await node.containerd.runPod({ name: 'other', namespace: 'left-out' })
  await vi.waitFor(() => expect(node.backend.results.some(({ containerId }) => containerId === pod.containerId)).toBe(true), WAIT)
}, 120_000)
afterAll(async () => {
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

test('applies rules to existing files and folders in memory within seconds', async () => {
  await writeScript('/srv/tool.sh', 'trial-only')
  await writeScript('/dev/shm/tool.sh', 'trial-only')
  await sh('echo trial-only > /srv/notes; dd if=/dev/zero of=/srv/large.sh bs=1M count=101 2> /dev/null')
  await sh("printf '#!/bin/sh\\n# trial-only\\n' > /srv/tool.sh", skipped)
  const written = ['/srv/tool.sh', '/dev/shm/tool.sh', '/srv/notes']
  await vi.waitFor(() => expect(pathsOf(node.backend.sightings)).toEqual(expect.arrayContaining(written)), WAIT)
  const before = { sightings: node.backend.sightings.length, findings: findings().length }
  startTrial(textRule('Trial_Rule', 'trial-only'))
  const startedAtMs = performance.now()
  // The backend announces the trial in its response to any report of the node.
  await writeScript('/srv/written', 'something')
  const report = await outcome()
  expect(performance.now() - startedAtMs).toBeLessThan(20_000)
  expect(report).toMatchObject({ clusterId: 'test', nodeName: 'node-1', state: 'done', problem: '', hitCount: 2 })
  const place = { namespace: 'shop', podName: 'web', containerId: pod.containerId, rule: 'Trial_Rule', sizeBytes: 23 }
  expect(report.hits.toSorted((one, other) => (one.path < other.path ? -1 : 1))).toEqual([
    expect.objectContaining({
      ...place,
      path: '/dev/shm/tool.sh',
      layer: 'volume:/dev/shm',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    }),
    expect.objectContaining({ ...place, path: '/srv/tool.sh', layer: 'upperdir' }),
  ])
  const reasons = Object.fromEntries(report.notScanned.map(({ reason, files }) => [reason, files]))
  expect(reasons).toMatchObject({ too_large: 1, skipped_namespace: 0, no_program: expect.any(Number) })
  expect(report.filesScanned).toBeGreaterThanOrEqual(2)
  // The trial itself created no sightings or findings: the new sighting is that of the file written above.
  await vi.waitFor(() => expect(pathsOf(node.backend.sightings)).toContain('/srv/written'), WAIT)
  expect(findings()).toHaveLength(before.findings)
  expect(node.backend.sightings.slice(before.sightings).map(({ path }) => Buffer.from(path).toString())).toEqual(['/srv/written'])
})

test('applies rules once to a running program whose file is deleted', async () => {
  await sh('cp /bin/busybox /srv/busybox-ghost; (/srv/busybox-ghost sleep 120 > /dev/null 2>&1 &); sleep 1; rm /srv/busybox-ghost')
  startTrial('rule Any_Program { strings: $elf = "\\x7fELF" condition: $elf at 0 }\n')
  await writeScript('/srv/again', 'something')
  const { hits } = await outcome()
  expect(hits.filter(({ path }) => path.startsWith('/srv/busybox-ghost'))).toEqual([
    expect.objectContaining({ rule: 'Any_Program', podName: 'web' }),
  ])
})

test('fails the trial of endless rules and names the file, while the active rules keep working', async () => {
  startTrial(ENDLESS)
  await writeScript('/srv/first.sh', 'something')
  await vi.waitFor(() => expect(node.backend.trialReports).toContainEqual(expect.objectContaining({ state: 'running' })), WAIT)
  await sh('echo known-malware > /srv/known')
  await writeScript('/srv/active.sh', 'active-rule')
  await vi.waitFor(() => expect(pathsOf(findings())).toEqual(expect.arrayContaining(['/srv/known', '/srv/active.sh'])), WAIT)
  const report = await outcome()
  expect(report).toMatchObject({
    state: 'failed',
    hitCount: 0,
    problem: expect.stringMatching(/^the rules took more than 10 s .*, with \/.* of web$/),
  })
  await writeScript('/srv/active-2.sh', 'active-rule')
  await vi.waitFor(() => expect(pathsOf(findings())).toContain('/srv/active-2.sh'), WAIT)
})

test('fails the trial of rules that do not compile', async () => {
  startTrial('rule Bad { condition: $missing }')
  await writeScript('/srv/broken.sh', 'something')
  expect(await outcome()).toMatchObject({ state: 'failed', filesScanned: 0, problem: expect.stringContaining('cannot be compiled') })
})

test('retries the report of an outcome until the backend accepts it, and stops when the trial has ended', async () => {
  let refused = 0
  node.backend.state.override = (request, body) => {
    const isLast = request.url?.startsWith('/api/v1/scan/rule-trials/') && !body.includes('"running"')
    return isLast && refused++ < 2 ? { status: 503 } : undefined
  }
  startTrial(textRule('Trial_Rule', 'trial-only'))
  await writeScript('/srv/retried', 'something')
  expect(await outcome()).toMatchObject({ state: 'done', hitCount: 2 })
  expect(refused).toBeGreaterThan(2)
  node.backend.state.override = () => undefined
  const count = node.backend.trialReports.length
  node.backend.state.trial = undefined
  await writeScript('/srv/over', 'something')
  await vi.waitFor(() => expect(pathsOf(node.backend.sightings)).toContain('/srv/over'), WAIT)
  expect(node.backend.trialReports).toHaveLength(count)
})

test('activates a new scan configuration when a response announces it, before the next poll', async () => {
  node.backend.state.scanConfig = { ...node.backend.state.scanConfig, pollIntervalSeconds: 3600 }
  const etag = () => node.backend.state.inventory?.node?.configEtag
  const before = await vi.waitFor(() => {
    expect(etag()).toBeTruthy()
    return etag()
  }, WAIT)
  await writeScript('/srv/poll', 'something')
  await vi.waitFor(() => expect(etag()).not.toBe(before), WAIT)
  const hourly = etag()
  const features = { ...DEFAULT_SCAN_CONFIG.features, obfuscation: false }
  node.backend.state.scanConfig = { ...node.backend.state.scanConfig, features }
  await writeScript('/srv/named', 'something')
  await vi.waitFor(() => expect(etag()).not.toBe(hourly), { timeout: 20_000, interval: 50 })
  startTrial(textRule('Trial_Rule', 'trial-only'))
  await writeScript('/srv/off', 'something')
  expect(await outcome()).toMatchObject({ state: 'failed', problem: expect.stringContaining('obfuscation is switched off') })
})
