import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileSightingMessage, type FindingMessage, MANIFEST_FILE } from '@guardimesh/contracts'
import { CANARY_FILE } from '@guardimesh/kit'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { generationCanary } from '@guardimesh/scanner/engines/clamav/generation-canary.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startNode } from './running-scanner.js'

const NEW_MALWARE = 'a-program-that-nobody-knew-to-be-malware'
const WAIT = { timeout: 60_000, interval: 50 }
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let signatures = ''

/** Makes a generation, and brings it into force as the puller does: by one rename. */
async function bringIntoForce(generation: string, database: string): Promise<void> {
  const folder = join(signatures, 'generations', generation)
  await mkdir(join(folder, 'clamav'), { recursive: true })
  await writeFile(join(folder, 'clamav', 'tests.ndb'), database)
  await writeFile(join(folder, 'clamav', CANARY_FILE), generationCanary(generation).databaseLine)
  const files = [{ path: 'clamav/tests.ndb', sizeBytes: database.length, sha256: '0'.repeat(64) }]
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify({ generation, builtAt: new Date().toISOString(), files }))
  for (const path of [signatures, join(signatures, 'generations'), folder, join(folder, 'clamav')]) await chmod(path, 0o755)
  await symlink(join('generations', generation), join(signatures, 'current.new'))
  await rename(join(signatures, 'current.new'), join(signatures, 'current'))
}

const ndb = (name: string, text: string) => `${name}:0:*:${Buffer.from(text).toString('hex')}\n`
const pathOf = ({ path }: FindingMessage | FileSightingMessage) => Buffer.from(path).toString()
const sightings = (path: string) => node.backend.sightings.filter((sighting) => pathOf(sighting) === path)
const findings = (path: string) => node.backend.results.flatMap((result) => result.findings).filter((finding) => pathOf(finding) === path)
const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

beforeAll(async () => {
  node = await startNode({
    signatures: async (folder) => {
      signatures = folder
      await bringIntoForce('20261120-1', ndb('Test.Trojan.Known', 'known-malware'))
      return join(folder, 'current', 'clamav')
    },
  })
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  await vi.waitFor(() => expect(node.backend.results.some(({ containerId }) => containerId === pod.containerId)).toBe(true), WAIT)
}, 120_000)
afterAll(async () => {
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

test('a file that is clean is told once with its generation; what is seen again is not', async () => {
  await sh(`mkdir -p /srv; echo ${NEW_MALWARE} > /srv/upload; echo known-malware > /srv/known; : > /srv/empty`)
  const told = await vi.waitFor(() => {
    const [sighting] = sightings('/srv/upload')
    expect(sightings('/srv/known')).toHaveLength(1)
    return sighting as FileSightingMessage
  }, WAIT)
  expect(told).toMatchObject({
    clusterId: 'test',
    nodeName: 'node-1',
    namespace: 'shop',
    podName: 'web',
    containerId: pod.containerId,
    sizeBytes: NEW_MALWARE.length + 1,
    cleanGeneration: '20261120-1',
  })
  expect(sightings('/srv/known')[0]?.cleanGeneration).toBe('')
  await node.scanNow('--pod', 'web')
  await sh('echo something-else > /srv/other')
  await vi.waitFor(() => expect(sightings('/srv/other')).toHaveLength(1), WAIT)
  expect([sightings('/srv/upload').length, sightings('/srv/empty').length]).toEqual([1, 0])
})

test('signatures that come later find it in what was called clean, without anybody writing or asking', async () => {
  await sh(`cp /srv/upload /srv/copy; echo harmless > /srv/harmless`)
  await vi.waitFor(() => expect([sightings('/srv/copy').length, sightings('/srv/harmless').length]).toEqual([1, 1]), WAIT)
  expect([...findings('/srv/upload'), ...findings('/srv/copy')]).toEqual([])
  await bringIntoForce('20261121-1', `${ndb('Test.Trojan.Known', 'known-malware')}${ndb('Test.Trojan.Late', NEW_MALWARE)}`)
  await new ClamdControl({ socketPath: node.clamd.socketPath }).reload()
  await vi.waitFor(() => expect([findings('/srv/upload').length, findings('/srv/copy').length]).toEqual([1, 1]), WAIT)
  const [finding] = findings('/srv/upload')
  expect(finding).toMatchObject({ signatureName: 'Test.Trojan.Late.UNOFFICIAL', signatureGeneration: '20261121-1', scanSource: 1 })
  // Where it was since when, told while it was clean: what the backend marks the finding as late by.
  const [before] = sightings('/srv/upload')
  expect(hexOf(before?.sha256)).toBe(hexOf(finding?.sha256))
  expect(before?.firstSeenAtMs).toBeLessThan(finding?.detectedAtMs ?? 0)
  const result = node.backend.results.find((one) => one.findings.some((other) => other === finding))
  expect(result).toMatchObject({ trigger: 6, containerId: pod.containerId })
})

test('what the new signatures call clean too is told with them', async () => {
  await vi.waitFor(() => expect(sightings('/srv/harmless').at(-1)?.cleanGeneration).toBe('20261121-1'), WAIT)
  expect(sightings('/srv/harmless')).toHaveLength(2)
  expect(sightings('/srv/upload').map(({ cleanGeneration }) => cleanGeneration)).toEqual(['20261120-1'])
})

test('a scanner that is killed tells again what it had not written down, and counts what it did', async () => {
  await sh('for n in 1 2 3 4 5; do echo kept-$n > /srv/kept-$n; done')
  await node.end('scanner', 'SIGKILL')
  node.start('scanner')
  await node.ready()
  const missing = () => [1, 2, 3, 4, 5].filter((n) => sightings(`/srv/kept-${n}`).length === 0)
  await vi.waitFor(() => expect(missing()).toEqual([]), WAIT)
  expect(await node.metrics()).toMatch(/guardimesh_scanner_sightings_total\{outcome="told"\} [1-9]/)
})
