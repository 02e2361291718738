export const MOCK_PASSWORD = 'correct horse battery'

/** Accounts of the mock API. All have MOCK_PASSWORD; the name describes what the session shows. */
export const MOCK_ACCOUNTS = {
  'admin@guardimesh.local': 'ordinary',
  'viewer@guardimesh.local': 'viewer',
  'empty@guardimesh.local': 'empty',
  'forbidden@guardimesh.local': 'forbidden',
  'outage@guardimesh.local': 'outage',
  'slow@guardimesh.local': 'slow',
  'one-machine@guardimesh.local': 'one-machine',
  'server-away@guardimesh.local': 'server-away',
  'importing@guardimesh.local': 'importing',
  'canary@guardimesh.local': 'canary',
  'held@guardimesh.local': 'held',
  'no-key@guardimesh.local': 'no-key',
} as const
export type MockBehaviour = (typeof MOCK_ACCOUNTS)[keyof typeof MOCK_ACCOUNTS]

export interface MockSession {
  email: string
  behaviour: MockBehaviour
}
