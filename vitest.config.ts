import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Packages whose code runs in Node: unit tests beside the code, integration tests (a real database, engine or runtime) in test/. */
const NODE_PACKAGES = [
  'contracts',
  'kit',
  'signature-format',
  'migrations',
  'backend',
  'scanner',
  'signature-server',
  'platform-operator',
  'cli',
  'release',
  'testbed',
  'tools',
  'bench',
]
const folders = (glob: string) => NODE_PACKAGES.map((name) => `${name}/${glob}`)

/** What needs images or Kubernetes: `make e2e`. All else is `make test`. */
const CLUSTER_TESTS = ['*/test/cluster/**/*.test.ts', 'charts/*/tests/cluster/**/*.test.ts', 'release/test/image/**/*.test.ts']
/** A machine has room for one cluster; API servers and programs of images there may be several. */
const WHOLE_CLUSTER_TESTS = 'e2e/test/cluster/**/*.test.ts'
const CLUSTER = { testTimeout: 300_000, hookTimeout: 900_000 }

/** What watches, or starts, the containers and mounts of the machine, of which it has one set: these files take turns. */
const MACHINE_TESTS = ['scanner/test/**/*.test.ts', 'testbed/test/**/*.test.ts', 'cli/test/load-node.test.ts']
const INTEGRATION = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // Most of their time they wait for a server or a browser: a machine of two processors runs two files at once, too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'unit', include: folders('src/**/*.test.ts') } },
      {
        test: {
          name: 'integration',
          include: [...folders('test/**/*.test.ts'), 'charts/*/tests/**/*.test.ts'],
          exclude: [...CLUSTER_TESTS, ...MACHINE_TESTS],
          ...INTEGRATION,
        },
      },
      'console/vitest.config.ts',
      {
        test: { name: 'machine', include: MACHINE_TESTS, fileParallelism: false, sequence: { groupOrder: 1 }, ...INTEGRATION },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/test/**/*.test.ts'],
          exclude: CLUSTER_TESTS,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      { test: { name: 'cluster-parts', include: CLUSTER_TESTS, exclude: [WHOLE_CLUSTER_TESTS], ...CLUSTER } },
      {
        test: { name: 'cluster', include: [WHOLE_CLUSTER_TESTS], fileParallelism: false, sequence: { groupOrder: 1 }, ...CLUSTER },
      },
    ],
  },
})
