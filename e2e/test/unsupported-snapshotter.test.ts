import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProgram, writeIn } from './container-files.js'
import { untilListed } from './coverage-queries.js'
import { allFindings, findingAt } from './finding-queries.js'
import { PERL_IMAGE } from './perl-image.js'
import { scanNow } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { untilNotWatched } from './watched-pods.js'

const POD = { name: 'copied-0', namespace: 'shop', image: PERL_IMAGE }
let platform: WatchedContainerd

beforeAll(async () => {
  platform = await startWatchedContainerd({ snapshotter: 'native' })
})

afterAll(() => platform?.stop())

test('a container without an overlay is listed as not scanned, never as clean, and its processes are inspected', async () => {
  const { stack, containerd } = platform
  const pod = await containerd.runPod(POD)
  expect(await untilNotWatched(stack.api, POD.name)).toMatch(/"native" is not supported/)
  const entry = await untilListed(stack.api, POD.name, '', 'unsupported_snapshotter')
  expect(entry).toMatchObject({ namespace: POD.namespace, containerId: pod.containerId, detail: expect.stringContaining('native') })

  await writeIn(pod, '/tmp/not-seen', eicarBytes())
  expect(await scanNow(stack, { podName: POD.name })).toMatchObject({ filesScanned: 0, filesCached: 0, findings: 0 })
  expect(await allFindings(stack.api, { pod: POD.name })).toEqual([])

  const path = '/tmp/busybox-gone'
  await startProgram(pod, `cp /bin/busybox ${path}; ${path} sleep 600`, path, `rm ${path}`)
  expect(await findingAt(stack.api, path, 'deleted_binary')).toMatchObject({ podName: POD.name })
})
