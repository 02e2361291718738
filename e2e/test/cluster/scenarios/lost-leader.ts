import { describe, expect, test } from 'vitest'
import type { NodeName } from '../../../src/cluster/cluster.js'
import { NAMESPACE, PLATFORM, untilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import type { Installation } from '../installation.js'

const LEASE = 'guardimesh-operator'
/** An object that the operator recreates and no component needs meanwhile. */
const CHILD = `poddisruptionbudget/${PLATFORM}-backend`
const TAKEN_OVER_TIMEOUT_MS = 60_000

interface OperatorPod {
  readonly metadata: { readonly name: string }
  readonly spec: { readonly nodeName: NodeName }
  readonly status: { readonly containerStatuses: readonly { readonly containerID: string }[] }
}

/** Of two operators, the leader freezes, as on a machine that hangs, and resumes later. */
export function lostLeader(get: () => Installation): void {
  const kubectl = (...args: string[]) => get().cluster.kubectl(['-n', NAMESPACE, ...args])
  const leader = () => kubectl('get', `lease/${LEASE}`, '-o', 'jsonpath={.spec.holderIdentity}')

  describe('two operators', () => {
    test('when the leader freezes the other operator takes over, and remains leader when the first one resumes', async () => {
      const { cluster } = get()
      const first = await leader()
      const pod = JSON.parse(await kubectl('get', 'pod', first, '-o', 'json')) as OperatorPod
      const container = pod.status.containerStatuses[0]?.containerID.replace('containerd://', '') ?? ''
      await cluster.ctr(pod.spec.nodeName, ['tasks', 'pause', container])
      await kubectl('delete', CHILD, '--wait=true')
      await waitFor(async () => expect(await leader()).not.toBe(first), TAKEN_OVER_TIMEOUT_MS)
      const second = await leader()
      await waitFor(() => kubectl('get', CHILD), TAKEN_OVER_TIMEOUT_MS)
      // The kubelet may have restarted it meanwhile, because it answers no probe.
      await cluster.ctr(pod.spec.nodeName, ['tasks', 'resume', container]).catch(() => undefined)
      await untilReady(cluster)
      expect(await leader()).toBe(second)
    })
  })
}
