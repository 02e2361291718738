import { shellQuote } from '@guardimesh/dev/commands/shell-quote.js'
import { messageOf } from '@guardimesh/kit'
import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { findBundleFiles, loadIntoNodes } from './bundle.js'
import { attachCluster, HELPER_IMAGE, type NodeName } from './cluster.js'
import { installPlatform, NAMESPACE, PLATFORM } from './platform.js'
import { readSecret } from './read-object.js'

/** Pod for the infect command. */
const DEMO = { namespace: 'demo', name: 'shop' } as const

function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** `make cluster-install`: loads the bundle into all nodes of the running cluster, installs the platform, and prints the login. */
async function install(): Promise<void> {
  const bundle = await findBundleFiles()
  const cluster = await attachCluster()
  const nodes = (await cluster.kubectl(['get', 'nodes', '-o', 'name'])).trim().split('\n')
  printLine(`… loading the bundle into all nodes (${nodes.length})`)
  await loadIntoNodes(
    cluster,
    nodes.map((name) => name.replace('node/', '') as NodeName),
    bundle,
  )
  printLine('… helm install')
  const startedAtMs = performance.now()
  await installPlatform(cluster, bundle)
  printLine(`✓ ready (${Math.round((performance.now() - startedAtMs) / 1000)} s)`)
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify(buildDemoObjects()))
  const { email, password } = await readSecret(cluster, NAMESPACE, `${PLATFORM}-administrator`)
  printLine(`
  make cluster-open     forwards the console to this machine and prints its address
  login                 ${email}
  password              ${password}
  infect a pod          e2e/cluster/cluster.sh kubectl -n ${DEMO.namespace} exec ${DEMO.name} -- sh -c ${shellQuote(eicarShellCommand('/invoice.com'))}
  make cluster-down     stops the cluster and deletes its state
`)
}

function buildDemoObjects(): unknown {
  const container = { name: DEMO.name, image: HELPER_IMAGE, command: ['/bin/busybox', 'sleep', '1000000'] }
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: DEMO.namespace } }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: DEMO, spec: { terminationGracePeriodSeconds: 0, containers: [container] } }
  return { apiVersion: 'v1', kind: 'List', items: [namespace, pod] }
}

try {
  await install()
} catch (error) {
  process.stderr.write(`\nerror: ${messageOf(error)}\n`)
  process.exitCode = 1
}
