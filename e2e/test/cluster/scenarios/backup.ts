import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { listFindingsAt, waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

/** Creates and restores a backup with the executable of the bundle. */
export function backup(get: () => Installation): void {
  const runOffline = (...args: string[]) => get().cluster.runInside([get().bundle.cliFile, ...args])
  const guardimesh = (...args: string[]) => runOffline(...args, '--kubeconfig', get().cluster.kubeconfigFile)

  describe('backup', () => {
    test('restores earlier findings from an encrypted and signed backup, and drops later ones', async () => {
      const { cluster, access, pods, folder } = get()
      const [pod] = pods
      if (!pod) throw new Error('no victim pod is running')
      const file = join(folder, 'platform.backup')
      const identity = join(folder, 'backup-identity.txt')
      const key = join(folder, 'backup-key')
      const recipient = (await runOffline('backup-keygen', identity)).trim().split('\n').at(-1) ?? ''
      await runOffline('bundle', 'keygen', key)
      await writeEicar(pod, '/tmp/before-backup.com')
      await waitForFinding(access.api, '/tmp/before-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('backup', '--output', file, '--recipient', recipient, '--sign-with', `${key}.key`)
      await writeEicar(pod, '/tmp/after-backup.com')
      await waitForFinding(access.api, '/tmp/after-backup.com', 'realtime', APPEARS_TIMEOUT_MS)
      await guardimesh('restore', file, '--identity', identity, '--verify-with', `${key}.pub`)
      await waitUntilReady(cluster)
      await waitFor(async () => {
        expect(await listFindingsAt(access.api, '/tmp/before-backup.com')).toHaveLength(1)
        expect(await listFindingsAt(access.api, '/tmp/after-backup.com')).toEqual([])
      }, APPEARS_TIMEOUT_MS)
    })

    test('passes doctor and writes a support bundle', async () => {
      expect(await guardimesh('doctor', 'cluster')).not.toMatch(/^FAIL/m)
      await guardimesh('support-bundle', '--output', join(get().folder, 'support.tar.gz'))
    })
  })
}
