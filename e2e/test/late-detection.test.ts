import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SCAN_CONFIG, type FindingPage, type FindingView, type SightingList } from '@guardimesh/contracts'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from '../../backend/test/client.js'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { activateGeneration, textSignature } from '../../scanner/test/scanner/generation.fixture.js'
import { startNode } from '../../scanner/test/scanner/running-scanner.js'

const NEW_MALWARE = 'a-program-that-nobody-knew-to-be-malware'
const TIMEOUT_MS = 60_000
let api: TestApi
let key: string
let node: Awaited<ReturnType<typeof startNode>> | undefined

/** Starts a real backend, and a real node with one generation of signatures. */
beforeAll(async () => {
  api = await startTestApi()
  key = await api.createKey('console:read')
  const session = await api.login()
  const json = { ...DEFAULT_SCAN_CONFIG, features: { ...DEFAULT_SCAN_CONFIG.features, obfuscation: false } }
  expect(await request(api, 'PUT', '/api/scan/config', { session, json })).toMatchObject({ status: 200 })
  const signatures = async (folder: string) => {
    await activateGeneration(folder, '20261120-1', textSignature('Test.Trojan.Known', 'known-malware'))
    return join(folder, 'current', 'clamav')
  }
  node = await startNode({ signatures, backend: { url: api.url, apiKey: await api.createKey('ingestion') } })
})
afterAll(async () => {
  await node?.stop()
  await api.close()
  if (node) await rm(node.folder, { recursive: true, force: true })
})

const read = async <Body>(path: string) => (await request<Body>(api, 'GET', path, { key })).body

test('reports a file that only the new signatures detect as late, with the time of its first sighting', async () => {
  if (!node) throw new Error('the node was not started')
  const pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  await pod.exec(['/bin/sh', '-c', `echo ${NEW_MALWARE} > /tmp/upload`])
  const [seen] = await waitFor(async () => {
    const rows = await api.query<{ sha256: string }>(
      `SELECT encode(sha256, 'hex') AS sha256 FROM file_sightings WHERE path = '/tmp/upload' AND clean_generation = '20261120-1'`,
    )
    return rows.length > 0 ? rows : undefined
  }, TIMEOUT_MS)
  const sha256 = seen?.sha256 ?? ''
  const before = await read<SightingList>(`/api/sightings?sha256=${sha256}`)
  expect(before.items).toMatchObject([{ namespace: 'shop', podName: 'web', containerId: pod.containerId, cleanGeneration: '20261120-1' }])
  expect((await read<FindingPage>(`/api/findings?sha256=${sha256}`)).items).toEqual([])
  const database = `${textSignature('Test.Trojan.Known', 'known-malware')}${textSignature('Test.Trojan.Late', NEW_MALWARE)}`
  await activateGeneration(join(node.folder, 'signatures'), '20261121-1', database)
  await new ClamdControl({ socketPath: node.clamd.socketPath }).reload()
  const [finding] = await waitFor(async () => {
    const { items } = await read<FindingPage>(`/api/findings?sha256=${sha256}`)
    return items.length > 0 ? items : undefined
  }, TIMEOUT_MS)
  const view = await read<FindingView>(`/api/findings/${finding?.findingId}`)
  expect(view).toMatchObject({
    signatureName: 'Test.Trojan.Late.UNOFFICIAL',
    path: '/tmp/upload',
    trigger: 'signature_update',
    signatureGeneration: '20261121-1',
    seen: { isLate: true, cleanGeneration: '20261120-1', containers: 1, nodes: 1, firstSeenAt: before.items[0]?.firstSeenAt },
  })
})
