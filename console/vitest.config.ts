import { availableParallelism } from 'node:os'
import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'console',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'mock-api/**/*.test.ts', 'test/e2e/*.e2e.ts'],
    setupFiles: ['src/testing/set-up.ts'],
    // As many as the others: projects of one number of workers share them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Also on a machine that does other work.
    expect: { poll: { timeout: 15_000 } },
  },
})
