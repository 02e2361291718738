import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadIntoRegistry, REGISTRY_PATH } from '../../../src/cluster/bundle.js'
import type { ClusterRegistry } from '../../../src/cluster/cluster.js'
import { installPlatform, NAMESPACE } from '../../../src/cluster/platform.js'
import { waitForFinding } from '../../finding-queries.js'
import { openClusterConsole } from '../console-access.js'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

const SERVICE = 'company-database'
const SECRET = 'database-access'
const PULL_SECRET = 'registry-credentials'

/** Installs the platform again with a registry and an external PostgreSQL. */
export function externalDatabase(get: () => Installation): void {
  describe('registry and external PostgreSQL with TLS', () => {
    let registry: ClusterRegistry

    beforeAll(async () => {
      const installation = get()
      const { cluster, folder } = installation
      const postgres = await startExternalPostgres(cluster, folder, `${SERVICE}.${NAMESPACE}.svc`)
      installation.externalPostgres = postgres
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'pvc', '--all'])
      await cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: buildObjects(postgres) }))
    })

    test('loads the bundle into the registry', async () => {
      const { cluster, bundle, folder } = get()
      registry = await cluster.startRegistry()
      const passwordFile = join(folder, 'registry-password')
      await writeFile(passwordFile, registry.password)
      await loadIntoRegistry(cluster, bundle, registry, passwordFile)
      const { address, user, password } = registry
      const login = [`--docker-server=${address}`, `--docker-username=${user}`, `--docker-password=${password}`]
      await cluster.kubectl(['-n', NAMESPACE, 'create', 'secret', 'docker-registry', PULL_SECRET, ...login])
    })

    test('runs from the registry without its own database, and reports malware on each node', async () => {
      const installation = get()
      const { cluster, bundle, browser, pods, folder } = installation
      const values = join(folder, 'external.json')
      await writeFile(
        values,
        JSON.stringify({
          global: { imageRegistry: `${registry.address}/${REGISTRY_PATH}`, imagePullSecrets: [{ name: PULL_SECRET }] },
          platform: { spec: { database: { type: 'External', external: { secret: { name: SECRET } } } } },
          // The test cluster does not enforce NetworkPolicies.
          tests: { networkPoliciesEnforced: false },
        }),
      )
      await installPlatform(cluster, bundle, ['-f', values])
      const images = await cluster.kubectl(['-n', NAMESPACE, 'get', 'pods', '-o', 'jsonpath={.items[*].spec.containers[*].image}'])
      expect(images.split(' ').filter((image) => !image.startsWith(`${registry.address}/${REGISTRY_PATH}/`))).toEqual([])
      expect(await cluster.kubectl(['-n', NAMESPACE, 'get', 'statefulsets', '-o', 'name'])).toBe('')
      installation.access = await openClusterConsole(cluster, browser)
      for (const pod of pods) {
        const path = `/tmp/external-${pod.nodeName}.com`
        await writeEicar(pod, path)
        expect(await waitForFinding(installation.access.api, path, 'realtime', APPEARS_TIMEOUT_MS)).toMatchObject({
          nodeName: pod.nodeName,
        })
      }
    })
  })
}

/** Builds a Service name for the external machine, and the database Secret of the platform. */
function buildObjects({ address, secret }: ExternalPostgres): unknown[] {
  const metadata = { name: SERVICE, namespace: NAMESPACE }
  const ports = [{ port: 5432 }]
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: 'None', ports } },
    { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ addresses: [{ ip: address }], ports }] },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: SECRET, namespace: NAMESPACE }, stringData: secret },
  ]
}
