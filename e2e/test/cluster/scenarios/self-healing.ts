import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM, untilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { findingAt, findingsAt } from '../../finding-queries.js'
import { openConsoleOf } from '../console-access.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { writeEicar } from '../malware.js'
import { untilNode } from '../node-state.js'
import { operatorCounters } from '../operator-counters.js'
import { startVictims } from '../victim-pods.js'

const CHILD_KINDS = 'deployment,statefulset,daemonset,service,configmap,serviceaccount,networkpolicy,poddisruptionbudget,guardimeshscanner'
const BACK_TIMEOUT_MS = 120_000
const ETCD_AWAY_MS = 60_000
/** Time until a node is reported as failed, starts again and runs all its pods. */
const POWER_TEST_MS = 900_000
const REST_MS = 30_000

/** Deleted objects and killed processes recover without a lost finding. */
export function selfHealing(get: () => Installation): void {
  describe('self-healing', () => {
    test('recreates all deleted objects', async () => {
      const { cluster } = get()
      const owned = await children(get)
      expect(owned.length).toBeGreaterThan(15)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', '--wait=false', ...owned.map(({ name }) => name)])
      await waitFor(async () => {
        const now = new Map((await children(get)).map(({ name, uid }) => [name, uid]))
        expect(owned.filter(({ name, uid }) => !now.has(name) || now.get(name) === uid).map(({ name }) => name)).toEqual([])
      }, BACK_TIMEOUT_MS)
      await untilReady(cluster)
      // The Service has another address now.
      await get().access.close()
      get().access = await openConsoleOf(cluster, get().browser)
    })

    test('reverts an edited object', async () => {
      const { cluster } = get()
      await cluster.kubectl(['-n', NAMESPACE, 'scale', `deployment/${PLATFORM}-worker`, '--replicas=0'])
      const replicas = () => cluster.kubectl(['-n', NAMESPACE, 'get', `deployment/${PLATFORM}-worker`, '-o', 'jsonpath={.spec.replicas}'])
      await waitFor(async () => expect(await replicas()).toBe('1'), BACK_TIMEOUT_MS)
    })

    test('another operator takes over when the leader is killed', async () => {
      const { cluster } = get()
      const selector = 'app.kubernetes.io/name=guardimesh-operator'
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', selector, '--grace-period=0', '--force'])
      await cluster.kubectl(['-n', NAMESPACE, 'delete', `service/${PLATFORM}-signature-server`])
      await waitFor(() => cluster.kubectl(['-n', NAMESPACE, 'get', `service/${PLATFORM}-signature-server`]), BACK_TIMEOUT_MS)
      await untilReady(cluster)
    })

    test('keeps findings during a restart of the API server and an outage of etcd for a minute', async () => {
      const { cluster, access, pods } = get()
      await cluster.restart('apiserver')
      // The API server is asked once more by each command, so what is to happen meanwhile is set going before.
      for (const pod of pods) await pod.sh(`(sleep 30; ${eicarShellCommand('/tmp/without-etcd.com')}) > /dev/null 2>&1 &`)
      await cluster.stop('etcd')
      await new Promise((resolve) => setTimeout(resolve, ETCD_AWAY_MS))
      await cluster.start('etcd')
      await waitFor(() => cluster.kubectl(['get', 'nodes']), BACK_TIMEOUT_MS)
      await untilReady(cluster)
      await waitFor(async () => {
        const found = (await findingsAt(access.api, '/tmp/without-etcd.com')).map(({ nodeName }) => nodeName)
        expect(found.sort()).toEqual(NODES)
      }, BACK_TIMEOUT_MS)
    })

    test(
      'a node loses its power and returns',
      async () => {
        const { cluster } = get()
        // After etcd was away it may count as lost for a moment, and that is not the loss that is meant here.
        await untilNode(cluster, 'node2', 'ready')
        await cluster.stop('node2')
        await untilNode(cluster, 'node2', 'not ready')
        await cluster.start('node2')
        await untilNode(cluster, 'node2', 'ready')
        await untilReady(cluster)
        get().pods = await startVictims(cluster, NODES.length)
        for (const pod of get().pods) {
          const path = `/tmp/after-power-${pod.nodeName}.com`
          await writeEicar(pod, path)
          await findingAt(get().access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
        }
      },
      POWER_TEST_MS,
    )

    test('writes nothing when idle', async () => {
      const { cluster } = get()
      await untilReady(cluster)
      const before = await operatorCounters(cluster)
      await new Promise((resolve) => setTimeout(resolve, REST_MS))
      const after = await operatorCounters(cluster)
      process.stdout.write(`reconciles in ${REST_MS / 1000} s at rest: ${after.reconciles - before.reconciles}\n`)
      expect(after.applies - before.applies).toBe(0)
      expect(after.reconciles - before.reconciles).toBeLessThan(20)
    })
  })
}

/** Everything that the platform or its scanner owns, but pods and what belongs to controllers. */
async function children(get: () => Installation): Promise<{ name: string; uid: string }[]> {
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
