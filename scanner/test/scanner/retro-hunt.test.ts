import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileSightingMessage, FindingMessage } from '@guardimesh/contracts'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { activateGeneration, textSignature } from './generation.fixture.js'
import { startNode } from './running-scanner.js'

const NEW_MALWARE = 'a-program-that-nobody-knew-to-be-malware'
const WAIT = { timeout: 60_000, interval: 50 }
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let signatures = ''

const pathOf = ({ path }: FindingMessage | FileSightingMessage) => Buffer.from(path).toString()
const sightings = (path: string) => node.backend.sightings.filter((sighting) => pathOf(sighting) === path)
const findings = (path: string) => node.backend.results.flatMap((result) => result.findings).filter((finding) => pathOf(finding) === path)
const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

beforeAll(async () => {
  node = await startNode({
    signatures: async (folder) => {
      signatures = folder
      await activateGeneration(folder, '20261120-1', textSignature('Test.Trojan.Known', 'known-malware'))
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

test('reports the sighting of a clean file once with its generation', async () => {
  await sh(`mkdir -p /srv; echo ${NEW_MALWARE} > /srv/upload; echo known-malware > /srv/known; : > /srv/empty`)
  const reported = await vi.waitFor(() => {
    const [sighting] = sightings('/srv/upload')
    expect(sightings('/srv/known')).toHaveLength(1)
    return sighting as FileSightingMessage
  }, WAIT)
  expect(reported).toMatchObject({
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

test('detects a clean file with later signatures, without a write or a request', async () => {
  await sh(`cp /srv/upload /srv/copy; echo harmless > /srv/harmless`)
  await vi.waitFor(() => expect([sightings('/srv/copy').length, sightings('/srv/harmless').length]).toEqual([1, 1]), WAIT)
  expect([...findings('/srv/upload'), ...findings('/srv/copy')]).toEqual([])
  await activateGeneration(
    signatures,
    '20261121-1',
    `${textSignature('Test.Trojan.Known', 'known-malware')}${textSignature('Test.Trojan.Late', NEW_MALWARE)}`,
  )
  await new ClamdControl({ socketPath: node.clamd.socketPath }).reload()
  await vi.waitFor(() => expect([findings('/srv/upload').length, findings('/srv/copy').length]).toEqual([1, 1]), WAIT)
  const [finding] = findings('/srv/upload')
  expect(finding).toMatchObject({ signatureName: 'Test.Trojan.Late.UNOFFICIAL', signatureGeneration: '20261121-1', scanSource: 1 })
  // The earlier sighting of the clean file, by which the backend marks the finding as a late detection.
  const [before] = sightings('/srv/upload')
  expect(hexOf(before?.sha256)).toBe(hexOf(finding?.sha256))
  expect(before?.firstSeenAtMs).toBeLessThan(finding?.detectedAtMs ?? 0)
  const result = node.backend.results.find((one) => one.findings.some((other) => other === finding))
  expect(result).toMatchObject({ trigger: 6, containerId: pod.containerId })
})

test('reports another sighting of a file that is clean with the new signatures', async () => {
  await vi.waitFor(() => expect(sightings('/srv/harmless').at(-1)?.cleanGeneration).toBe('20261121-1'), WAIT)
  expect(sightings('/srv/harmless')).toHaveLength(2)
  expect(sightings('/srv/upload').map(({ cleanGeneration }) => cleanGeneration)).toEqual(['20261120-1'])
})

test('reports unwritten sightings again after a kill, and counts reported ones', async () => {
  await sh('for n in 1 2 3 4 5; do echo kept-$n > /srv/kept-$n; done')
  await node.end('scanner', 'SIGKILL')
  node.start('scanner')
  await node.ready()
  const missing = () => [1, 2, 3, 4, 5].filter((n) => sightings(`/srv/kept-${n}`).length === 0)
  await vi.waitFor(() => expect(missing()).toEqual([]), WAIT)
  expect(await node.metrics()).toMatch(/guardimesh_scanner_sightings_total\{outcome="reported"\} [1-9]/)
})
