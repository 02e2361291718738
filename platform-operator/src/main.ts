import { createLogger, runProcess, startProbeServer } from '@guardimesh/kit'
import { readClusterFacts } from './cluster-facts.js'
import { type OperatorConfig, readOperatorConfig } from './config.js'
import { findApiAccess } from './kube/api-access.js'
import { Client } from './kube/client.js'
import { LeaderElection } from './kube/leader-election.js'
import { createMetrics } from './metrics.js'
import { Operator } from './operator.js'
import { applyOwnCrds } from './own-crds.js'

const LEASE_NAME = 'guardimesh-operator'
const log = createLogger('platform-operator')

async function run(config: OperatorConfig, signal: AbortSignal): Promise<void> {
  const { namespace, images } = config
  const client = new Client(findApiAccess(process.env))
  const cluster = readClusterFacts()
  const { podName: identity, podUid } = config
  const election = new LeaderElection({ client, namespace, leaseName: LEASE_NAME, identity, podUid, log })
  let operator: Operator | undefined
  const metrics = createMetrics({ depth: () => operator?.depth ?? 0, isLeader: () => election.isLeader })
  const isReachable = async () => void (await client.get('/version'))
  const address = { host: cluster.listenHost, port: config.probePort }
  const probes = await startProbeServer({ address, metrics: metrics.registry, readiness: { api: isReachable } })
  try {
    await election.lead(async (leading) => {
      await applyOwnCrds(client, config.crdsFolder, log)
      operator = new Operator({ client, namespace, images, cluster, log, metrics })
      await operator.run(leading)
    }, signal)
  } finally {
    probes.close()
    probes.closeAllConnections()
  }
}

await runProcess(log, async (signal) => {
  const config = readOperatorConfig(process.env)
  log.level = config.logLevel
  await run(config, signal)
})
