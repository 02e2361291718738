import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installPlatform, NAMESPACE } from '../../../src/cluster/platform.js'
import { findingAt } from '../../finding-queries.js'
import { openConsoleOf } from '../console-access.js'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

const SERVICE = 'company-database'
const SECRET = 'database-access'

/** Installed again, over the signatures that stayed, with a PostgreSQL that the company runs. */
export function externalDatabase(get: () => Installation): void {
  describe('external PostgreSQL with TLS', () => {
    let postgres: ExternalPostgres

    beforeAll(async () => {
      const { cluster, folder } = get()
      postgres = await startExternalPostgres(cluster, folder, `${SERVICE}.${NAMESPACE}.svc`)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'pvc', '--all'])
      await cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects(postgres) }))
    })

    afterAll(() => postgres?.stop())

    test('the platform runs without a database of its own, and the main job is done', async () => {
      const installation = get()
      const { cluster, bundle, browser, pods, folder } = installation
      const values = join(folder, 'external.json')
      await writeFile(
        values,
        JSON.stringify({ platform: { spec: { database: { type: 'External', external: { secret: { name: SECRET } } } } } }),
      )
      await installPlatform(cluster, bundle, ['-f', values])
      expect(await cluster.kubectl(['-n', NAMESPACE, 'get', 'statefulsets', '-o', 'name'])).toBe('')
      installation.access = await openConsoleOf(cluster, browser)
      for (const pod of pods) {
        const path = `/tmp/external-${pod.nodeName}.com`
        await writeEicar(pod, path)
        expect(await findingAt(installation.access.api, path, 'realtime', APPEARS_TIMEOUT_MS)).toMatchObject({ nodeName: pod.nodeName })
      }
    })
  })
}

/** A name in the cluster for the machine outside, and the Secret for the platform. */
function objects({ address, secret }: ExternalPostgres): unknown[] {
  const metadata = { name: SERVICE, namespace: NAMESPACE }
  const ports = [{ port: 5432 }]
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: 'None', ports } },
    { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ addresses: [{ ip: address }], ports }] },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: SECRET, namespace: NAMESPACE }, stringData: secret },
  ]
}
