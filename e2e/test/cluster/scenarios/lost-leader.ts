import { describe, expect, test } from 'vitest'
import type { NodeName } from '../../../src/cluster/cluster.js'
import { NAMESPACE, PLATFORM, waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import type { Installation } from '../installation.js'

const LEASE = 'guardimesh-operator'
/** An owned object whose absence has no effect, for the new leader to recreate. */
const CHILD = `poddisruptionbudget/${PLATFORM}-backend`
const FAILOVER_TIMEOUT_MS = 60_000

interface OperatorPod {
  readonly metadata: { readonly name: string }
  readonly spec: { readonly nodeName: NodeName }
  readonly status: { readonly containerStatuses: readonly { readonly containerID: string }[] }
}

/** Pauses the leader of two operators, as on a hung machine, and resumes it later. */
export function lostLeader(get: () => Installation): void {
  const kubectl = (...args: string[]) => get().cluster.kubectl(['-n', NAMESPACE, ...args])
  const readLeader = () => kubectl('get', `lease/${LEASE}`, '-o', 'jsonpath={.spec.holderIdentity}')

  describe('two operators', () => {
    test('fail over from a paused leader, and keep the new leader after the old one resumes', async () => {
      const { cluster } = get()
      const first = await readLeader()
      const pod = JSON.parse(await kubectl('get', 'pod', first, '-o', 'json')) as OperatorPod
      const container = pod.status.containerStatuses[0]?.containerID.replace('containerd://', '') ?? ''
      await cluster.ctr(pod.spec.nodeName, ['tasks', 'pause', container])
      await kubectl('delete', CHILD, '--wait=true')
      await waitFor(async () => expect(await readLeader()).not.toBe(first), FAILOVER_TIMEOUT_MS)
      const second = await readLeader()
      await waitFor(() => kubectl('get', CHILD), FAILOVER_TIMEOUT_MS)
      // The kubelet may have restarted the paused container because of its failing probes.
      await cluster.ctr(pod.spec.nodeName, ['tasks', 'resume', container]).catch(() => undefined)
      await waitUntilReady(cluster)
      expect(await readLeader()).toBe(second)
    })
  })
}
