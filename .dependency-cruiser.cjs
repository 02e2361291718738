// The import rules of docs/architecture.md as data.
const PRODUCT = ['contracts', 'kit', 'signature-format', 'migrations', 'backend', 'scanner', 'signature-server', 'platform-operator', 'cli']
const MAY_IMPORT = {
  contracts: [],
  migrations: [],
  kit: ['contracts'],
  'signature-format': ['contracts', 'kit'],
  scanner: ['contracts', 'kit', 'signature-format'],
  'signature-server': ['contracts', 'kit', 'signature-format'],
  cli: ['contracts', 'kit', 'signature-format'],
  'platform-operator': ['contracts', 'kit'],
  backend: ['contracts', 'kit', 'migrations'],
  console: ['contracts'],
  release: ['contracts', 'kit'],
  tools: ['contracts'],
  testbed: ['contracts', 'kit'],
  dev: [...PRODUCT, 'testbed'],
  e2e: [...PRODUCT, 'console', 'release', 'testbed', 'dev'],
  bench: [...PRODUCT, 'release', 'testbed', 'dev', 'e2e'],
}
const all = Object.keys(MAY_IMPORT)

/** One rule per package: every import that is not listed above is rejected. */
const packageRules = all.map((from) => {
  const banned = all.filter((to) => to !== from && !MAY_IMPORT[from].includes(to)).join('|')
  return {
    name: `imports-of-${from}`,
    severity: 'error',
    from: { path: `^${from}/src` },
    to: { path: `^(@guardimesh/)?(${banned})(/|$)` },
  }
})

/** Inside a package: files below `from` never import files below `to`. */
const inside = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } })

module.exports = {
  forbidden: [
    ...packageRules,
    {
      name: 'no-cluster-client',
      severity: 'error',
      from: { path: '^(backend|console|signature-server)/src' },
      to: { path: '(^kit/(src|dist)/kube/|^@guardimesh/kit/kube/|client-node)' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'folders-acyclic', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    { name: 'contracts-are-pure', severity: 'error', from: { path: '^contracts/src' }, to: { dependencyTypes: ['core'] } },
    inside('backend-platform-below-features', '^backend/src/platform', '^backend/src/features'),
    {
      name: 'backend-features-meet-in-services',
      severity: 'error',
      from: { path: '^backend/src/features/([^/]+)/' },
      to: { path: '^backend/src/features/([^/]+)/', pathNot: ['^backend/src/features/$1/', '\\.(service|module|guard)\\.ts$'] },
    },
    {
      name: 'scanner-processes-apart',
      severity: 'error',
      from: { path: '^scanner/src/processes/([^/]+)/' },
      to: { path: '^scanner/src/processes/', pathNot: '^scanner/src/processes/$1/' },
    },
    {
      // The index loads the schemas of all APIs, 6 MiB in each process of an agent.
      name: 'agents-import-single-contracts',
      severity: 'error',
      from: { path: '^(scanner|kit|signature-format)/src' },
      to: { path: '^(contracts/(src|dist)/index|@guardimesh/contracts$)' },
    },
    {
      name: 'scanner-workers-are-small',
      severity: 'error',
      from: { path: '^scanner/src/(node/(exec-monitor|canary-container|file)-worker|engines/hash-worker)\\.ts$' },
      to: { path: '^kit/dist/index', reachable: true },
    },
    inside('scanner-processes-on-top', '^scanner/src/(engines|sources|node|report)/', '^scanner/src/processes/'),
    inside(
      'operator-builders-are-pure',
      '^platform-operator/src/desired/',
      '(^platform-operator/src/(?!desired/)|^@guardimesh/kit|^kit/|client-node)',
    ),
    inside('console-ui-below-all', '^console/src/ui/', '^console/src/(api|features|forms|table|layouts)/'),
    inside('console-table-forms-below-features', '^console/src/(table|forms)/', '^console/src/(features|layouts)/'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: '(node_modules|/dist/|/generated/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
}
