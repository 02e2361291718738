import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProgram, writeFileIn } from './container-files.js'
import { waitForCoverageEntry } from './coverage-queries.js'
import { listFindings, waitForFinding } from './finding-queries.js'
import { PERL_IMAGE } from './perl-image.js'
import { scanNow } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { waitUntilNotWatched } from './watched-pods.js'

const POD = { name: 'copied-0', namespace: 'shop', image: PERL_IMAGE }
let platform: WatchedContainerd

beforeAll(async () => {
  platform = await startWatchedContainerd({ snapshotter: 'native' })
})

afterAll(() => platform?.stop())

test('lists a container without overlay as not scanned, never as clean, but inspects its processes', async () => {
  const { stack, containerd } = platform
  const pod = await containerd.runPod(POD)
  expect(await waitUntilNotWatched(stack.api, POD.name)).toMatch(/"native" is not supported/)
  const entry = await waitForCoverageEntry(stack.api, POD.name, '', 'unsupported_snapshotter')
  expect(entry).toMatchObject({ namespace: POD.namespace, containerId: pod.containerId, detail: expect.stringContaining('native') })

  await writeFileIn(pod, '/tmp/not-seen', eicarBytes())
  expect(await scanNow(stack, { podName: POD.name })).toMatchObject({ filesScanned: 0, filesCached: 0, findings: 0 })
  expect(await listFindings(stack.api, { pod: POD.name })).toEqual([])

  const path = '/tmp/busybox-gone'
  await startProgram(pod, `cp /bin/busybox ${path}; ${path} sleep 600`, path, `rm ${path}`)
  expect(await waitForFinding(stack.api, path, 'deleted_binary')).toMatchObject({ podName: POD.name })
})
