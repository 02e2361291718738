import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleTrialView } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from '../../backend/test/client.js'
import { startTestApi, type TestApi, type TestSession } from '../../backend/test/harness.js'
import { activateGeneration, textSignature } from '../../scanner/test/scanner/generation.fixture.js'
import { startNode } from '../../scanner/test/scanner/running-scanner.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { aGeneration, writeVolume } from '../../signature-server/test/stored-volume.js'

const RULES = 'rule Site_Tool { strings: $a = "only-our-tool-says-this" condition: $a }\n'
const TIMEOUT_MS = 60_000
let folder: string
let authority: TestAuthority
let server: RunningServer
let api: TestApi
let session: TestSession
let node: Awaited<ReturnType<typeof startNode>> | undefined

/** Starts a real signature server, backend and node with default settings: nodes poll the settings every five minutes. */
beforeAll(async () => {
  folder = await temporaryFolder('rule-trial')
  authority = await createAuthority('rule trial')
  await writeVolume(join(folder, 'volume'), [aGeneration('g1')])
  await mkdir(join(folder, 'volume', 'golden'), { recursive: true })
  await writeFile(join(folder, 'volume', 'golden', 'harmless.sh'), '#!/bin/sh\necho harmless\n')
  server = await startServer({ folder, authority })
  const signatureServer = { url: new URL(server.url), caFile: server.caFile, managementKeyFile: join(folder, 'management-key') }
  api = await startTestApi({ config: { signatureServer } })
  session = await api.login()
  const signatures = async (signaturesFolder: string) => {
    await activateGeneration(signaturesFolder, '20261120-1', textSignature('Test.Known', 'known-malware'))
    return join(signaturesFolder, 'current', 'clamav')
  }
  node = await startNode({ signatures, obfuscation: true, backend: { url: api.url, apiKey: await api.createKey('ingestion') } })
}, 120_000)
afterAll(async () => {
  await node?.stop()
  await api.close()
  await server[Symbol.asyncDispose]()
  for (const path of [folder, authority.folder, node?.folder ?? '']) if (path !== '') await rm(path, { recursive: true, force: true })
})

test('lists the matching file of a node within seconds and creates no finding', async () => {
  if (!node) throw new Error('the node was not started')
  const pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
  await sh("mkdir -p /srv; printf '#!/bin/sh\\n# only-our-tool-says-this\\n' > /srv/tool.sh")
  const seen = (path: string) =>
    waitFor(async () => (await api.query('SELECT FROM file_sightings WHERE path = $1', [path])).length > 0 || undefined, TIMEOUT_MS)
  await seen('/srv/tool.sh')
  const started = await request<RuleTrialView>(api, 'POST', '/api/signatures/rule-trials', { session, json: { rules: RULES } })
  expect(started).toMatchObject({ status: 202, body: { state: 'running', golden: { files: 1, hitCount: 0 }, nodes: { expected: 1 } } })
  const startedAtMs = performance.now()
  // This write triggers the node's next report; the backend announces the trial in its response.
  await sh('echo something > /srv/written')
  const trial = await waitFor(async () => {
    const { body } = await request<RuleTrialView>(api, 'GET', `/api/signatures/rule-trials/${started.body.trialId}`, { session })
    return body.state === 'running' ? undefined : body
  }, TIMEOUT_MS)
  expect(performance.now() - startedAtMs).toBeLessThan(30_000)
  expect(trial).toMatchObject({
    ...{ state: 'done', hitCount: 1, nodes: { expected: 1, answered: 1, failed: 0 }, openNodes: [] },
    hits: [
      {
        ...{ clusterId: 'test', nodeName: 'node-1', namespace: 'shop', podName: 'web', containerId: pod.containerId },
        ...{ path: '/srv/tool.sh', layer: 'upperdir', rule: 'Site_Tool', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ],
  })
  await seen('/srv/written')
  expect(await api.query('SELECT FROM findings')).toEqual([])
})
