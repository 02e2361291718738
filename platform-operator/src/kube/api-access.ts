import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ConfigError, messageOf } from '@guardimesh/kit'
import { parse } from 'yaml'
import { z } from 'zod'

/** Where the API server is, whom to believe, and who asks. */
export interface ApiAccess {
  /** "https://10.96.0.1:443" */
  readonly server: string
  /** PEM. */
  readonly ca: string
  /** Asked for at each request: the cluster replaces it about every hour. */
  readonly token: () => Promise<string>
}

const ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * The access of this pod, or with KUBECONFIG that of a file. The client library knows many more ways, and costs 80 MiB of memory.
 *
 * @throws ConfigError when there is none.
 */
export function findApiAccess(env: NodeJS.ProcessEnv): ApiAccess {
  const { KUBECONFIG: file, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env
  if (file) return accessOfFile(file)
  if (!host)
    throw new ConfigError('there is no API server to talk to: run this in a pod with a service account, or name a file in KUBECONFIG')
  const ca = readOrExplain(`${ACCOUNT_FOLDER}/ca.crt`)
  const address = host.includes(':') ? `[${host}]` : host
  return { server: `https://${address}:${port}`, ca, token: async () => (await readFile(`${ACCOUNT_FOLDER}/token`, 'utf8')).trim() }
}

const KubeConfigFile = z.object({
  'current-context': z.string(),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(
    z.object({ name: z.string(), cluster: z.object({ server: z.url({ protocol: /^https$/ }), 'certificate-authority-data': z.base64() }) }),
  ),
  users: z.array(z.object({ name: z.string(), user: z.object({ token: z.string().optional() }) })),
})

function accessOfFile(file: string): ApiAccess {
  const parsed = KubeConfigFile.safeParse(parse(readOrExplain(file)))
  if (!parsed.success) throw new ConfigError(`${file} (KUBECONFIG) cannot be used:\n${z.prettifyError(parsed.error)}`)
  const { contexts, clusters, users, 'current-context': current } = parsed.data
  const context = contexts.find(({ name }) => name === current)?.context
  const cluster = clusters.find(({ name }) => name === context?.cluster)?.cluster
  const token = users.find(({ name }) => name === context?.user)?.user.token
  if (!cluster || token === undefined)
    throw new ConfigError(`${file} (KUBECONFIG) cannot be used: its current context needs a cluster, and a user with a token`)
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8')
  return { server: cluster.server, ca, token: async () => token }
}

function readOrExplain(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${path}, which is needed to talk to the API server, cannot be read: ${messageOf(error)}`)
  }
}
