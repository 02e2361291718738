import { defineConfig } from 'vitest/config'

/** Packages whose code runs in Node: unit tests beside the code, integration tests (a real database, engine or runtime) in test/. */
const NODE_PACKAGES = [
  'contracts',
  'kit',
  'migrations',
  'backend',
  'scanner',
  'signature-server',
  'platform-operator',
  'cli',
  'images',
  'testbed',
  'tools',
  'bench',
]
const folders = (glob: string) => NODE_PACKAGES.map((name) => `${name}/${glob}`)

/** What needs images or Kubernetes: `make e2e`. All else is `make test`. */
const CLUSTER_TESTS = ['*/test/cluster/**/*.test.ts', 'charts/*/tests/cluster/**/*.test.ts', 'images/test/image/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: folders('src/**/*.test.ts') } },
      {
        test: {
          name: 'integration',
          include: [...folders('test/**/*.test.ts'), 'charts/*/tests/**/*.test.ts'],
          exclude: CLUSTER_TESTS,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      'console/vitest.config.ts',
      // One machine has one set of containers and mounts: these files take turns.
      {
        test: {
          name: 'e2e',
          include: ['e2e/test/**/*.test.ts'],
          exclude: CLUSTER_TESTS,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: { name: 'cluster', include: CLUSTER_TESTS, fileParallelism: false, testTimeout: 300_000, hookTimeout: 900_000 },
      },
    ],
  },
})
