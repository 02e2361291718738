import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import type { Installation } from '../installation.js'

/** Runs after the capture has ended, because `helm test` attempts outbound connections on purpose. */
export function helmTest(get: () => Installation): void {
  describe('helm test', () => {
    test('verifies readiness, detection of EICAR and the absence of outbound network access', async () => {
      const { cluster } = get()
      const output = await cluster.helm(['test', PLATFORM, '-n', NAMESPACE, '--timeout', '5m'])
      const suites = [...output.matchAll(/^TEST SUITE:\s+guardimesh-test-(\S+)$[\s\S]*?^Phase:\s+(\S+)$/gm)].map(([, name, phase]) => [
        name,
        phase,
      ])
      expect(Object.fromEntries(suites)).toEqual({ ready: 'Succeeded', 'find-eicar': 'Succeeded', 'no-egress': 'Succeeded' })
    })
  })
}
