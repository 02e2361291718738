import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import type { Installation } from '../installation.js'

/** The test that users run after the installation. It attempts outbound connections, so the capture is stopped before. */
export function helmTest(get: () => Installation): void {
  describe('helm test', () => {
    test('verifies readiness, detection and the absence of outbound traffic', async () => {
      const { cluster } = get()
      const output = await cluster.helm(['test', PLATFORM, '-n', NAMESPACE, '--timeout', '5m'])
      const ended = [...output.matchAll(/^TEST SUITE:\s+guardimesh-test-(\S+)$[\s\S]*?^Phase:\s+(\S+)$/gm)].map(([, name, phase]) => [
        name,
        phase,
      ])
      expect(Object.fromEntries(ended)).toEqual({ ready: 'Succeeded', 'find-eicar': 'Succeeded', 'no-egress': 'Succeeded' })
    })
  })
}
