import { availableParallelism } from 'node:os'
import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'console',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'mock-api/**/*.test.ts', 'test/e2e/*.e2e.ts'],
    setupFiles: ['src/testing/set-up.ts'],
    // Same number as in the other projects, so that they share the workers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Generous, for machines under load.
    expect: { poll: { timeout: 15_000 } },
  },
})
