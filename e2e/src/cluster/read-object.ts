import type { Cluster } from './cluster.js'

/** Reads the values of a Secret as text. */
export async function readSecret(cluster: Cluster, namespace: string, name: string): Promise<Readonly<Record<string, string>>> {
  const { data = {} } = JSON.parse(await cluster.kubectl(['-n', namespace, 'get', 'secret', name, '-o', 'json'])) as {
    data?: Record<string, string>
  }
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]))
}

export async function readConfigMap(cluster: Cluster, namespace: string, name: string): Promise<Readonly<Record<string, string>>> {
  const { data = {} } = JSON.parse(await cluster.kubectl(['-n', namespace, 'get', 'configmap', name, '-o', 'json'])) as {
    data?: Record<string, string>
  }
  return data
}

/** Finds the name of the only pod of a component. @throws Error if there is not exactly one. */
export async function findPod(cluster: Cluster, namespace: string, component: string): Promise<string> {
  const selector = `app.kubernetes.io/name=guardimesh-${component}`
  const names = await cluster.kubectl(['-n', namespace, 'get', 'pods', '-l', selector, '-o', 'name'])
  const [name, ...others] = names.trim().split('\n')
  if (!name || others.length > 0) throw new Error(`expected one pod of ${component}, found: ${names}`)
  return name.replace('pod/', '')
}
