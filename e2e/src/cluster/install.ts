import { messageOf } from '@guardimesh/kit'
import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { shellQuote } from '../../../dev/src/commands/shell-quote.js'
import { bundleFiles, loadIntoNodes } from './bundle.js'
import { attachCluster, type Cluster, HELPER_IMAGE, type NodeName } from './cluster.js'
import { installPlatform, NAMESPACE, PLATFORM } from './platform.js'

/** A demo pod for the test virus. */
const DEMO = { namespace: 'demo', name: 'shop' } as const

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** `make cluster-install`: loads the bundle into the nodes of the running cluster, installs the platform, and prints the next steps. */
async function install(): Promise<void> {
  const bundle = await bundleFiles()
  const cluster = await attachCluster()
  const nodes = (await cluster.kubectl(['get', 'nodes', '-o', 'name'])).trim().split('\n')
  say(`… bundle into ${nodes.length} nodes`)
  await loadIntoNodes(
    cluster,
    nodes.map((name) => name.replace('node/', '') as NodeName),
    bundle,
  )
  say('… helm install, until everything is ready')
  const startedAtMs = performance.now()
  await installPlatform(cluster, bundle)
  say(`✓ ready (${Math.round((performance.now() - startedAtMs) / 1000)} s)`)
  await cluster.kubectl(['apply', '-f', '-'], JSON.stringify(demoObjects()))
  const { email, password } = await administrator(cluster)
  say(`
  make cluster-open     the console, at the address that it prints
  login                 ${email}
  password              ${password}
  infect a pod          e2e/cluster/cluster.sh kubectl -n ${DEMO.namespace} exec ${DEMO.name} -- sh -c ${shellQuote(eicarShellCommand('/invoice.com'))}
  make cluster-down     ends the cluster and leaves nothing
`)
}

async function administrator(cluster: Cluster): Promise<{ email: string; password: string }> {
  const { data } = JSON.parse(await cluster.kubectl(['-n', NAMESPACE, 'get', 'secret', `${PLATFORM}-administrator`, '-o', 'json']))
  const text = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8')
  return { email: text('email'), password: text('password') }
}

function demoObjects(): unknown {
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
