import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { allFindings } from '../../finding-queries.js'
import type { Installation } from '../installation.js'

const LEFT_TIMEOUT_MS = 120_000
const NAMESPACED = 'all,secrets,configmaps,networkpolicies,serviceaccounts,roles,rolebindings,leases,poddisruptionbudgets,pvc'

export function uninstall(get: () => Installation): void {
  describe('uninstall', () => {
    test('has no findings in pods of the platform', async () => {
      // Probes execute commands in them continuously.
      expect((await allFindings(get().access.api, { namespace: NAMESPACE })).map(({ path, podName }) => `${podName} ${path}`)).toEqual([])
    })

    test('keeps only the volumes', async () => {
      const { cluster, access } = get()
      await access.close()
      await cluster.helm(['uninstall', PLATFORM, '-n', NAMESPACE, '--wait', '--timeout', '5m'])
      await waitFor(async () => {
        const left = await cluster.kubectl(['-n', NAMESPACE, 'get', NAMESPACED, '-o', 'name'])
        expect(left.trim().split('\n').sort()).toEqual([
          'configmap/kube-root-ca.crt',
          'persistentvolumeclaim/guardimesh-postgres',
          'persistentvolumeclaim/guardimesh-signature-server',
          'serviceaccount/default',
        ])
      }, LEFT_TIMEOUT_MS)
      const clusterWide = await cluster.kubectl(['get', 'crd,clusterrole,clusterrolebinding,validatingadmissionpolicy', '-o', 'name'])
      expect(clusterWide.split('\n').filter((name) => name.includes('guardimesh'))).toEqual([])
    })
  })
}
