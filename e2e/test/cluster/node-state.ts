import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Cluster, NodeName } from '../../src/cluster/cluster.js'
import { waitFor } from '../../src/wait-for.js'

/** Under load, a kubelet can need minutes to recreate many pods. */
const NODE_TIMEOUT_MS = 300_000
const LOG_CHARS = 4000

/** Waits until a node is ready or not ready. @throws Error with its conditions and the end of its logs, which are deleted with the cluster. */
export async function waitForNode(cluster: Cluster, node: NodeName, expected: 'ready' | 'not ready'): Promise<void> {
  try {
    await waitFor(async () => expect((await readReadyStatus(cluster, node)) === 'True').toBe(expected === 'ready'), NODE_TIMEOUT_MS)
  } catch (error) {
    const conditions = await cluster.kubectl(['get', 'node', node, '-o', 'jsonpath={.status.conditions}'])
    const logs = await Promise.all([node, `${node}-kubelet`, `${node}-containerd`].map((name) => readEndOfLog(cluster, name)))
    throw new Error(`${node} is not ${expected}: ${conditions}\n${logs.join('\n')}`, { cause: error })
  }
}

function readReadyStatus(cluster: Cluster, node: NodeName): Promise<string> {
  return cluster.kubectl(['get', 'node', node, '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'])
}

async function readEndOfLog(cluster: Cluster, name: string): Promise<string> {
  const text = await readFile(join(cluster.stateFolder, 'log', `${name}.log`), 'utf8').catch(String)
  return `--- ${name}\n${text.slice(-LOG_CHARS)}`
}
