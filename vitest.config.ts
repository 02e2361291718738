import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Packages that run in Node: unit tests are next to the code, integration tests (real database, engine or runtime) in test/. */
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

/** Tests that need images or Kubernetes (`make e2e`). `make test` runs all others. */
const CLUSTER_TESTS = ['*/test/cluster/**/*.test.ts', 'charts/*/tests/cluster/**/*.test.ts', 'release/test/image/**/*.test.ts']
/** A machine can run one cluster at a time, but several API servers and image processes. */
const WHOLE_CLUSTER_TESTS = 'e2e/test/cluster/**/*.test.ts'
const CLUSTER = { testTimeout: 300_000, hookTimeout: 900_000 }

/** Tests that watch or create containers and mounts of the machine. They share this state, so their files run one at a time. */
const MACHINE_TESTS = [
  'scanner/test/{inspector,node,scanner,sources}/**/*.test.ts',
  'testbed/test/**/*.test.ts',
  'cli/test/load-node.test.ts',
]
const INTEGRATION = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // Tests mostly wait for servers and browsers, so two files run in parallel even on two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Unit tests keep no state between files, so that a worker loads each module once.
      { test: { name: 'unit', include: folders('src/**/*.test.ts'), isolate: false } },
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
