import { createLogger, runProcess, startProbeServer } from '@guardimesh/kit'
import { KubeConfig } from '@kubernetes/client-node'
import { readClusterFacts } from './cluster-facts.js'
import { type OperatorConfig, readOperatorConfig } from './config.js'
import { Client } from './kube/client.js'
import { LeaderElection } from './kube/leader-election.js'
import { createMetrics } from './metrics.js'
import { Operator } from './operator.js'
import { applyOwnCrds } from './own-crds.js'

const LEASE_NAME = 'guardimesh-operator'
const log = createLogger('platform-operator')

async function run(config: OperatorConfig, signal: AbortSignal): Promise<void> {
  const { namespace, images } = config
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromDefault()
  const client = new Client(kubeConfig)
  const cluster = readClusterFacts()
  const election = new LeaderElection({ client, namespace, leaseName: LEASE_NAME, identity: config.podName, log })
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
