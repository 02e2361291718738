import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM, waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { listFindingsAt, waitForFinding } from '../../finding-queries.js'
import { openClusterConsole } from '../console-access.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { writeEicar } from '../malware.js'
import { waitForNode } from '../node-state.js'
import { readOperatorCounters } from '../operator-counters.js'
import { startVictims } from '../victim-pods.js'

const CHILD_KINDS = 'deployment,statefulset,daemonset,service,configmap,serviceaccount,networkpolicy,poddisruptionbudget,guardimeshscanner'
const RECOVERY_TIMEOUT_MS = 120_000
const ETCD_OUTAGE_MS = 60_000
/** Includes the detection of the node failure, the boot and the restart of all pods. */
const POWER_FAILURE_TEST_TIMEOUT_MS = 900_000
const IDLE_MS = 30_000
/** A leader applies all objects within about a second. */
const SETTLE_MS = 10_000

/** Verifies recovery from deleted objects and from failures of the operator, the control plane and a node, without losing findings. */
export function selfHealing(get: () => Installation): void {
  describe('self-healing', () => {
    test('recreates every deleted object', async () => {
      const { cluster } = get()
      const owned = await listChildren(get)
      expect(owned.length).toBeGreaterThan(15)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', '--wait=false', ...owned.map(({ name }) => name)])
      await waitFor(async () => {
        const now = new Map((await listChildren(get)).map(({ name, uid }) => [name, uid]))
        expect(owned.filter(({ name, uid }) => !now.has(name) || now.get(name) === uid).map(({ name }) => name)).toEqual([])
      }, RECOVERY_TIMEOUT_MS)
      await waitUntilReady(cluster)
      // The Service has a new address.
      await get().access.close()
      get().access = await openClusterConsole(cluster, get().browser)
    })

    test('reverts a change to an owned object', async () => {
      const { cluster } = get()
      await cluster.kubectl(['-n', NAMESPACE, 'scale', `deployment/${PLATFORM}-worker`, '--replicas=0'])
      const replicas = () => cluster.kubectl(['-n', NAMESPACE, 'get', `deployment/${PLATFORM}-worker`, '-o', 'jsonpath={.spec.replicas}'])
      await waitFor(async () => expect(await replicas()).toBe('1'), RECOVERY_TIMEOUT_MS)
    })

    test('continues with a new operator after the operator is killed', async () => {
      const { cluster } = get()
      const selector = 'app.kubernetes.io/name=guardimesh-operator'
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', selector, '--grace-period=0', '--force'])
      await cluster.kubectl(['-n', NAMESPACE, 'delete', `service/${PLATFORM}-signature-server`])
      await waitFor(() => cluster.kubectl(['-n', NAMESPACE, 'get', `service/${PLATFORM}-signature-server`]), RECOVERY_TIMEOUT_MS)
      await waitUntilReady(cluster)
    })

    test('loses no finding during a restart of the API server and an outage of etcd', async () => {
      const { cluster, access, pods } = get()
      await cluster.restart('apiserver')
      // kubectl exec needs the API server, so the write during the outage is scheduled in advance.
      for (const pod of pods) await pod.sh(`(sleep 30; ${eicarShellCommand('/tmp/without-etcd.com')}) > /dev/null 2>&1 &`)
      await cluster.stop('etcd')
      await new Promise((resolve) => setTimeout(resolve, ETCD_OUTAGE_MS))
      await cluster.start('etcd')
      await waitFor(() => cluster.kubectl(['get', 'nodes']), RECOVERY_TIMEOUT_MS)
      await waitUntilReady(cluster)
      await waitFor(async () => {
        const found = (await listFindingsAt(access.api, '/tmp/without-etcd.com')).map(({ nodeName }) => nodeName)
        expect(found.sort()).toEqual(NODES)
      }, RECOVERY_TIMEOUT_MS)
    })

    test(
      'recovers a node from a power failure',
      async () => {
        const { cluster } = get()
        // The outage of etcd may have made the node NotReady for a moment, which must not be mistaken for the power failure.
        await waitForNode(cluster, 'node2', 'ready')
        await cluster.stop('node2')
        await waitForNode(cluster, 'node2', 'not ready')
        await cluster.start('node2')
        await waitForNode(cluster, 'node2', 'ready')
        await waitUntilReady(cluster)
        get().pods = await startVictims(cluster, NODES.length)
        for (const pod of get().pods) {
          const path = `/tmp/after-power-${pod.nodeName}.com`
          await writeEicar(pod, path)
          await waitForFinding(get().access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
        }
      },
      POWER_FAILURE_TEST_TIMEOUT_MS,
    )

    test('applies nothing when idle', async () => {
      const { cluster } = get()
      await waitUntilReady(cluster)
      // An operator that restarted in the power failure applies every object once, as soon as it is the leader again.
      await waitFor(async () => expect((await readOperatorCounters(cluster)).applies).toBeGreaterThan(0), RECOVERY_TIMEOUT_MS)
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
      const before = await readOperatorCounters(cluster)
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      const after = await readOperatorCounters(cluster)
      process.stdout.write(`reconciles in ${IDLE_MS / 1000} s when idle: ${after.reconciles - before.reconciles}\n`)
      expect(after.applies - before.applies).toBe(0)
      expect(after.reconciles - before.reconciles).toBeLessThan(20)
    })
  })
}

/** Lists all objects that the operator manages, without pods and other objects of controllers. */
async function listChildren(get: () => Installation): Promise<{ name: string; uid: string }[]> {
  const { cluster } = get()
  const selector = 'app.kubernetes.io/managed-by=guardimesh-operator'
  const template = '{range .items[*]}{.kind}/{.metadata.name} {.metadata.uid}{"\\n"}{end}'
  const lines = await cluster.kubectl(['-n', NAMESPACE, 'get', CHILD_KINDS, '-l', selector, '-o', `jsonpath=${template}`])
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', uid = ''] = line.split(' ')
      return { name, uid }
    })
}
