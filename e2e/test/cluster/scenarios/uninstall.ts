import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { listFindings } from '../../finding-queries.js'
import type { Installation } from '../installation.js'

const DELETION_TIMEOUT_MS = 120_000
const NAMESPACED_KINDS = 'all,secrets,configmaps,networkpolicies,serviceaccounts,roles,rolebindings,leases,poddisruptionbudgets,pvc'

export function uninstall(get: () => Installation, title = 'uninstall'): void {
  describe(title, () => {
    test('reported no findings in the pods of the platform', async () => {
      // Exec probes constantly start processes in these pods.
      expect((await listFindings(get().access.api, { namespace: NAMESPACE })).map(({ path, podName }) => `${podName} ${path}`)).toEqual([])
    })

    test('deletes everything except the volumes and the encryption key', async () => {
      const { cluster, access } = get()
      await access.close()
      await cluster.helm(['uninstall', PLATFORM, '-n', NAMESPACE, '--wait', '--timeout', '5m'])
      await waitFor(async () => {
        const remaining = await cluster.kubectl(['-n', NAMESPACE, 'get', NAMESPACED_KINDS, '-o', 'name'])
        expect(remaining.trim().split('\n').sort()).toEqual([
          'configmap/kube-root-ca.crt',
          'persistentvolumeclaim/guardimesh-postgres',
          'persistentvolumeclaim/guardimesh-signature-server',
          'secret/guardimesh-encryption-key',
          'serviceaccount/default',
        ])
      }, DELETION_TIMEOUT_MS)
      const clusterWide = await cluster.kubectl(['get', 'crd,clusterrole,clusterrolebinding,validatingadmissionpolicy', '-o', 'name'])
      expect(clusterWide.split('\n').filter((name) => name.includes('guardimesh'))).toEqual([])
    })
  })
}
