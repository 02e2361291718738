import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { waitForFinding, listFindingsAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

/** The command of the bundle takes a backup and brings it back. */
export function backup(get: () => Installation): void {
  const guardimesh = (...args: string[]) => {
    const { cluster, bundle } = get()
    return cluster.runInside([bundle.cliFile, ...args, '--kubeconfig', cluster.kubeconfigFile])
  }

  describe('backup', () => {
    test('what was there is there again, and what came later is not', async () => {
      const { cluster, access, pods, folder } = get()
      const [pod] = pods
      if (!pod) throw new Error('there is no pod to write into')
      const file = join(folder, 'platform.backup')
      await writeEicar(pod, '/tmp/before-backup.com')
      await waitForFinding(access.api, '/tmp/before-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('backup', '--output', file)
      await writeEicar(pod, '/tmp/after-backup.com')
      await waitForFinding(access.api, '/tmp/after-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('restore', file)
      await waitUntilReady(cluster)
      await waitFor(async () => {
        expect(await listFindingsAt(access.api, '/tmp/before-backup.com')).toHaveLength(1)
        expect(await listFindingsAt(access.api, '/tmp/after-backup.com')).toEqual([])
      }, APPEARS_TIMEOUT_MS)
    })

    test('doctor finds nothing wrong, and a support bundle is written', async () => {
      expect(await guardimesh('doctor', 'cluster')).not.toMatch(/^FAIL/m)
      await guardimesh('support-bundle', '--output', join(get().folder, 'support.tar.gz'))
    })
  })
}
