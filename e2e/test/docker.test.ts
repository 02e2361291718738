import { rm } from 'node:fs/promises'
import { NodeList } from '@guardimesh/contracts'
import { DEMO_IMAGE } from '@guardimesh/testbed/demo-image.js'
import { type DockerContainer, type RunningDockerd, startDockerd } from '@guardimesh/testbed/dockerd.js'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from './container-files.js'
import { waitForFinding } from './finding-queries.js'
import { startTestStack, type TestStack } from './harness.js'
import { waitUntilWatched } from './watched-pods.js'

/** Labels that cri-dockerd sets on the containers of a pod. */
const POD_LABELS = {
  'io.kubernetes.container.name': 'till',
  'io.kubernetes.pod.name': 'till-0',
  'io.kubernetes.pod.namespace': 'shop',
  'io.kubernetes.pod.uid': '6f0d3c1e-5a0b-4a7e-9c55-2f6c2c9f1a10',
}

let folder: string
let dockerd: RunningDockerd
let stack: TestStack

beforeAll(async () => {
  folder = await temporaryFolder('e2e-dk')
  dockerd = await startDockerd({ folder })
  stack = await startTestStack({ runtime: { kind: 'given', endpoint: `unix://${dockerd.socketPath}` } })
})

afterAll(async () => {
  await stack?.stop()
  await dockerd?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Writes the EICAR test file in the container and waits for its finding. */
async function infect(container: DockerContainer, path: string) {
  const { exitCode } = await container.exec(['sh', '-c', eicarShellCommand(path)])
  expect(exitCode).toBe(0)
  return waitForFinding(stack.api, path, 'realtime')
}

test('detects EICAR in a Docker container', async () => {
  const container = await dockerd.run({ name: 'corner-shop' })
  await waitUntilWatched(stack.api, 'corner-shop')
  const finding = await infect(container, '/tmp/plain.com')
  expect(finding).toMatchObject({
    containerId: container.containerId,
    containerName: 'corner-shop',
    image: DEMO_IMAGE,
    layer: 'upperdir',
    sha256: sha256(eicarBytes()),
    sizeBytes: eicarBytes().length,
  })
  expect(finding.signatureName).toMatch(/eicar/i)
})

test('attributes a container of cri-dockerd to its pod', async () => {
  const container = await dockerd.run({ name: 'k8s_till_till-0_shop', labels: POD_LABELS })
  await waitUntilWatched(stack.api, 'till-0')
  const finding = await infect(container, '/tmp/of-a-pod.com')
  expect(finding).toMatchObject({ containerId: container.containerId, containerName: 'till', podName: 'till-0', namespace: 'shop' })
})

test('reports Docker as the runtime of the node', async () => {
  const { items } = await stack.api.get('/api/nodes', NodeList)
  expect(items).toMatchObject([{ runtimeKind: 'docker', runtimeEndpoint: `unix://${dockerd.socketPath}`, state: 'reporting' }])
})
