/** All URLs of the console. */

export type AddressQuery = Readonly<Record<string, string | undefined>>

/** Lists of custom signatures, by their name in the URL. */
export const CUSTOM_LISTS = ['hashes', 'rules', 'ignored-signatures', 'ignored-files'] as const
export type CustomListName = (typeof CUSTOM_LISTS)[number]
interface CustomAddress {
  list?: CustomListName
  hash?: string
  name?: string
  reason?: string
}

function withQuery(path: string, query: AddressQuery): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** Appends names, which may contain any character. */
function pathOf(base: string, ...names: readonly string[]): string {
  return [base, ...names.map(encodeURIComponent)].join('/')
}

/** Route patterns, by page. */
export const PATTERNS = {
  signIn: '/sign-in',
  invitation: '/invitation',
  dashboard: '/',
  incidents: '/incidents',
  incident: '/incidents/:incidentId',
  findings: '/findings',
  finding: '/findings/:findingId',
  scans: '/scans',
  nodes: '/nodes',
  node: '/nodes/:clusterId/:nodeName',
  pods: '/pods',
  pod: '/pods/:clusterId/:namespace/:podName',
  namespace: '/namespaces/:namespace',
  images: '/images',
  image: '/images/:image',
  coverage: '/coverage',
  exceptions: '/exceptions',
  lostResults: '/lost-results',
  signatures: '/signatures',
  signatureNodes: '/signatures/nodes',
  signatureHistory: '/signatures/history',
  signatureImport: '/signatures/import',
  signatureCustom: '/signatures/custom',
  signatureSettings: '/signatures/settings',
  sightings: '/sightings/:hash',
  notifications: '/notifications',
  apiKeys: '/api-keys',
  users: '/users',
  scanConfig: '/scan-settings',
  audit: '/audit',
  account: '/account',
} as const

export const paths = {
  /** `returnTo` is a path of this console. */
  signIn: (query: { returnTo?: string } = {}) => withQuery(PATTERNS.signIn, query),
  dashboard: () => PATTERNS.dashboard,
  incidents: (query: AddressQuery = {}) => withQuery(PATTERNS.incidents, query),
  incident: (incidentId: number) => `/incidents/${incidentId}`,
  findings: (query: AddressQuery = {}) => withQuery(PATTERNS.findings, query),
  finding: (findingId: string) => `/findings/${encodeURIComponent(findingId)}`,
  scans: (query: AddressQuery = {}) => withQuery(PATTERNS.scans, query),
  nodes: (query: AddressQuery = {}) => withQuery(PATTERNS.nodes, query),
  node: (clusterId: string, nodeName: string) => pathOf('/nodes', clusterId, nodeName),
  pods: (query: AddressQuery = {}) => withQuery(PATTERNS.pods, query),
  /** Only for pods: a container without a pod has no namespace. */
  pod: (clusterId: string, namespace: string, podName: string) => pathOf('/pods', clusterId, namespace, podName),
  namespace: (namespace: string) => pathOf('/namespaces', namespace),
  images: (query: AddressQuery = {}) => withQuery(PATTERNS.images, query),
  exceptions: (query: AddressQuery = {}) => withQuery(PATTERNS.exceptions, query),
  image: (image: string) => pathOf('/images', image),
  coverage: (query: AddressQuery = {}) => withQuery(PATTERNS.coverage, query),
  lostResults: (query: AddressQuery = {}) => withQuery(PATTERNS.lostResults, query),
  signatures: () => PATTERNS.signatures,
  signatureNodes: (query: AddressQuery = {}) => withQuery(PATTERNS.signatureNodes, query),
  signatureHistory: () => PATTERNS.signatureHistory,
  signatureImport: () => PATTERNS.signatureImport,
  /** With `hash`, the dialog of `list` is open and filled in. */
  signatureCustom: (query: CustomAddress = {}) => withQuery(PATTERNS.signatureCustom, { ...query }),
  signatureSettings: () => PATTERNS.signatureSettings,
  /** @param hash SHA-256 or MD5 of a file. */
  sightings: (hash: string) => `/sightings/${encodeURIComponent(hash)}`,
  notifications: () => PATTERNS.notifications,
  apiKeys: () => PATTERNS.apiKeys,
  users: () => PATTERNS.users,
  /** The token is in the fragment, which browsers do not send. */
  invitation: (token: string) => `${PATTERNS.invitation}#${token}`,
  scanConfig: () => PATTERNS.scanConfig,
  audit: (query: AddressQuery = {}) => withQuery(PATTERNS.audit, query),
  account: () => PATTERNS.account,
} as const

/** Returns `text` if it is a path of this console, to prevent redirects to other origins after login; the incidents page otherwise. */
export function safeReturnTo(text: string | null): string {
  if (text === null || !text.startsWith('/')) return PATTERNS.incidents
  const here = 'https://console.invalid'
  const address = URL.canParse(text, here) ? new URL(text, here) : undefined
  const isOurs = address?.origin === here && address.pathname !== PATTERNS.signIn
  return isOurs ? `${address.pathname}${address.search}` : PATTERNS.incidents
}
