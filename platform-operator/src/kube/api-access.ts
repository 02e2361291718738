import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ConfigError, messageOf } from '@guardimesh/kit'
import { parse } from 'yaml'
import { z } from 'zod'

/** Address and credentials for the Kubernetes API. */
export interface ApiAccess {
  /** "https://10.96.0.1:443" */
  readonly server: string
  /** PEM of the certificate authority. */
  readonly ca: string
  /** Called for each request: the cluster rotates the token about every hour. */
  readonly token: () => Promise<string>
}

const ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * Finds the credentials in the file named by KUBECONFIG, or those of the pod's service account. The official client library supports more
 * sources, but costs 80 MiB of memory.
 *
 * @throws ConfigError if neither exists.
 */
export function findApiAccess(env: NodeJS.ProcessEnv): ApiAccess {
  const { KUBECONFIG: file, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env
  if (file) return readKubeConfig(file)
  if (!host) throw new ConfigError('no Kubernetes API configured: run in a pod with a service account, or set KUBECONFIG')
  const ca = readRequired(`${ACCOUNT_FOLDER}/ca.crt`)
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

function readKubeConfig(file: string): ApiAccess {
  const parsed = KubeConfigFile.safeParse(parse(readRequired(file)))
  if (!parsed.success) throw new ConfigError(`invalid ${file} (KUBECONFIG):\n${z.prettifyError(parsed.error)}`)
  const { contexts, clusters, users, 'current-context': current } = parsed.data
  const context = contexts.find(({ name }) => name === current)?.context
  const cluster = clusters.find(({ name }) => name === context?.cluster)?.cluster
  const token = users.find(({ name }) => name === context?.user)?.user.token
  if (!cluster || token === undefined)
    throw new ConfigError(`invalid ${file} (KUBECONFIG): the current context needs a cluster and a user with a token`)
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8')
  return { server: cluster.server, ca, token: async () => token }
}

function readRequired(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`failed to read ${path}, which is required to access the Kubernetes API: ${messageOf(error)}`)
  }
}
