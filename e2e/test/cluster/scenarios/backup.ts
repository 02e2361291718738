import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { untilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { findingAt, findingsAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

/** The command of the bundle creates and restores a backup. */
export function backup(get: () => Installation): void {
  const guardimesh = (...args: string[]) => {
    const { cluster, bundle } = get()
    return cluster.runInside([bundle.cliFile, ...args, '--kubeconfig', cluster.kubeconfigFile])
  }

  describe('backup', () => {
    test('restores the data of the backup without later data', async () => {
      const { cluster, access, pods, folder } = get()
      const [pod] = pods
      if (!pod) throw new Error('there is no pod to write into')
      const file = join(folder, 'platform.backup')
      await writeEicar(pod, '/tmp/before-backup.com')
      await findingAt(access.api, '/tmp/before-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('backup', '--output', file)
      await writeEicar(pod, '/tmp/after-backup.com')
      await findingAt(access.api, '/tmp/after-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('restore', file)
      await untilReady(cluster)
      await waitFor(async () => {
        expect(await findingsAt(access.api, '/tmp/before-backup.com')).toHaveLength(1)
        expect(await findingsAt(access.api, '/tmp/after-backup.com')).toEqual([])
      }, APPEARS_TIMEOUT_MS)
    })

    test('doctor reports no problem, and writes a support bundle', async () => {
      expect(await guardimesh('doctor', 'cluster')).not.toMatch(/^FAIL/m)
      await guardimesh('support-bundle', '--output', join(get().folder, 'support.tar.gz'))
    })
  })
}
