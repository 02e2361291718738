import type { Condition } from '@guardimesh/contracts'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM, readPlatform, waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { writeEicar } from '../malware.js'

const CONDITION_TIMEOUT_MS = 120_000
const READY_AGAIN_TIMEOUT_MS = 180_000
const WRONG_SECRET = 'wrong-database'
const WRONG_HOST = 'no-such-database.guardimesh-system.svc'
const VOLUME = `${PLATFORM}-postgres`
/** Nothing listens on this port of the control plane. */
const WRONG_REGISTRY = '10.99.0.1:5999/security'
/** The hook ends after 50 s; generous, for machines under load. */
const HOOK_TIMEOUT_MS = 90_000

/** Mistakes and changes of operators: each is reported where it was made, and nothing that runs is given up. */
export function dayTwo(get: () => Installation): void {
  const patch = (resource: string, content: unknown) =>
    get().cluster.kubectl(['-n', NAMESPACE, 'patch', resource, '--type=merge', '-p', JSON.stringify(content)])
  const patchSpec = (spec: unknown) => patch(`guardimeshplatform/${PLATFORM}`, { spec })
  const untilCondition = (type: string, expected: Partial<Condition>, message: string) =>
    waitFor(async () => {
      const { conditions = [] } = (await readPlatform(get().cluster)).status
      const found = conditions.find((condition) => condition.type === type)
      expect(found).toMatchObject(expected)
      expect(found?.message).toContain(message)
    }, CONDITION_TIMEOUT_MS)
  const eventsWith = (reason: string) =>
    get().cluster.kubectl(['-n', NAMESPACE, 'get', 'events', '--field-selector', `reason=${reason}`, '-o', 'json'])
  const uidOf = (name: string) => get().cluster.kubectl(['-n', NAMESPACE, 'get', name, '-o', 'jsonpath={.metadata.uid}'])

  describe('day 2', () => {
    test('keeps API, console and database while an external database is unreachable, and states its host', async () => {
      const { access, cluster, pods } = get()
      const before = await uidOf(`pod/${VOLUME}-0`)
      const literals = [`host=${WRONG_HOST}`, 'dbname=guardimesh', 'username=guardimesh', 'password=wrong']
      await cluster.kubectl([
        ...['-n', NAMESPACE, 'create', 'secret', 'generic', WRONG_SECRET],
        ...literals.map((literal) => `--from-literal=${literal}`),
      ])
      await patchSpec({ database: { type: 'External', external: { secret: { name: WRONG_SECRET } }, bundled: null } })
      await untilCondition('DatabaseReady', { status: 'False', reason: 'Unreachable' }, `${WRONG_HOST}:5432: `)
      await untilCondition('DatabaseReady', {}, 'The previous version keeps running with the bundled database.')
      for (const pod of pods) {
        const path = `/tmp/wrong-database-${pod.nodeName}.com`
        await writeEicar(pod, path)
        await waitForFinding(access.api, path, 'realtime', APPEARS_TIMEOUT_MS)
      }
      await access.page.goto(access.url)
      await access.page.getByRole('navigation').first().waitFor()
      expect(await uidOf(`pod/${VOLUME}-0`)).toBe(before)

      await patchSpec({ database: { type: 'Bundled', external: null } })
      await waitUntilReady(cluster, READY_AGAIN_TIMEOUT_MS)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'secret', WRONG_SECRET])
      const jobs = await cluster.kubectl(['-n', NAMESPACE, 'get', 'jobs', '-l', 'app.kubernetes.io/component=set-up', '-o', 'name'])
      expect(jobs.trim().split('\n')).toHaveLength(1)
      expect(await uidOf(`pod/${VOLUME}-0`)).toBe(before)
    })

    test('refuses a volume smaller than the existing one', async () => {
      await patchSpec({ database: { bundled: { storage: { size: '1Gi' } } } })
      await untilCondition('SpecAccepted', { status: 'False', reason: 'SpecInvalid' }, `the volume ${VOLUME} has 20Gi`)
      await patchSpec({ database: { bundled: null } })
      await waitUntilReady(get().cluster, READY_AGAIN_TIMEOUT_MS)
    })

    test('reports a changed administrator Secret, and does not create a deleted one with a wrong password', async () => {
      const { cluster, access } = get()
      const secret = `secret/${PLATFORM}-administrator`
      const manifest = JSON.parse(await cluster.kubectl(['-n', NAMESPACE, 'get', secret, '-o', 'json']))
      await patch(secret, { stringData: { password: 'patched by an operator' } })
      await untilCondition('AdministratorReady', { status: 'True', reason: 'PasswordDiffers' }, 'run guardimesh password')
      await waitFor(async () => expect(await eventsWith('PasswordDiffers')).toContain('has no effect'), CONDITION_TIMEOUT_MS)
      await cluster.kubectl(['-n', NAMESPACE, 'delete', secret])
      await untilCondition('AdministratorReady', { status: 'True', reason: 'SecretMissing' }, 'accounts in the database are unchanged')
      await expect(cluster.kubectl(['-n', NAMESPACE, 'get', secret])).rejects.toThrow(/not found/)
      expect((await access.api.send('GET', '/api/overview')).ok).toBe(true)
      const { name, namespace, labels, ownerReferences } = manifest.metadata
      await cluster.kubectl(['apply', '-f', '-'], JSON.stringify({ ...manifest, metadata: { name, namespace, labels, ownerReferences } }))
      await untilCondition('AdministratorReady', { status: 'True', reason: 'AsDesired' }, 'contained the password')
      await waitUntilReady(cluster, READY_AGAIN_TIMEOUT_MS)
    })

    test('quotes the scheduler while the signature server cannot be placed', async () => {
      const { cluster } = get()
      await cluster.kubectl(['cordon', ...NODES])
      await cluster.kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', 'app.kubernetes.io/name=guardimesh-signature-server'])
      await untilCondition('SignaturesReady', { status: 'False', reason: 'PodsNotReady' }, 'Unschedulable: 0/2 nodes are available')
      await cluster.kubectl(['uncordon', ...NODES])
      await waitUntilReady(cluster, READY_AGAIN_TIMEOUT_MS)
    })

    test('ends an upgrade from an unreachable registry in time, names image and registry, and changes nothing', async () => {
      const { cluster, bundle } = get()
      const imagesOf = () => cluster.kubectl(['-n', NAMESPACE, 'get', 'deployments', '-o', 'jsonpath={..image}'])
      const before = await imagesOf()
      const startedAtMs = performance.now()
      const values = ['--reuse-values', '--set', `global.imageRegistry=${WRONG_REGISTRY}`]
      const upgraded = cluster.helm(['upgrade', PLATFORM, bundle.chartFile, '-n', NAMESPACE, ...values])
      await expect(upgraded).rejects.toThrow(/guardimesh-apply-crds.*DeadlineExceeded/s)
      expect(performance.now() - startedAtMs).toBeLessThan(HOOK_TIMEOUT_MS)
      const warnings = await cluster.kubectl(['-n', NAMESPACE, 'get', 'events', '--field-selector', 'type=Warning'])
      const reason = new RegExp(
        `guardimesh-apply-crds.*Failed to pull image "${WRONG_REGISTRY}/platform-operator@sha256:.*connection refused`,
      )
      expect(warnings).toMatch(reason)
      expect(await imagesOf()).toBe(before)
      // As in the runbook. Without it, the hook of an uninstallation would use the images of the failed upgrade.
      await cluster.helm(['rollback', PLATFORM, '-n', NAMESPACE])
      await waitUntilReady(cluster, READY_AGAIN_TIMEOUT_MS)
    })
  })
}
