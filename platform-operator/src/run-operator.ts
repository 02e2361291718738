import { type ProcessContext, startProbeServer } from '@guardimesh/kit'
import { kubeletFolder, readPodFacts } from './cluster-facts.js'
import type { OperatorConfig } from './config.js'
import { Client } from './kube/client.js'
import { LeaderElection } from './kube/leader-election.js'
import { createMetrics } from './metrics.js'
import { Operator } from './operator.js'
import { applyOwnCrds } from './own-crds.js'

const LEASE_NAME = 'guardimesh-operator'

/** Runs the operator until the signal is aborted: as a standby, or as the leader that reconciles. */
export async function runOperator({ config, log, signal }: ProcessContext<OperatorConfig>): Promise<void> {
  const { namespace, images } = config
  const client = new Client(config.apiAccess)
  const podFacts = readPodFacts()
  const { podName: identity, podUid } = config
  const election = new LeaderElection({ client, namespace, leaseName: LEASE_NAME, identity, podUid, log })
  let operator: Operator | undefined
  const metrics = createMetrics({ depth: () => operator?.depth ?? 0, isLeader: () => election.isLeader })
  const isReachable = async () => void (await client.get('/version'))
  const address = { host: podFacts.listenHost, port: config.probePort }
  const probes = await startProbeServer({ address, metrics: metrics.registry, readiness: { api: isReachable } })
  try {
    await election.lead(async (leading) => {
      await applyOwnCrds(client, config.crdsFolder, log)
      const { gitVersion } = (await client.get('/version')) as { readonly gitVersion: string }
      const cluster = { ...podFacts, kubeletFolder: kubeletFolder(gitVersion) }
      operator = new Operator({ client, namespace, images, cluster, log, metrics })
      await operator.run(leading)
    }, signal)
  } finally {
    probes.close()
    probes.closeAllConnections()
  }
}
