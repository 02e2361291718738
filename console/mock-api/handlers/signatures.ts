import { HashDryRun, HashDryRunResult, NodeSignaturesList, SightingList, SignatureAlertList, SignaturesView } from '@guardimesh/contracts'
import { answer } from '../answer.js'
import { someSightings } from '../fixtures/signature-parts.js'
import { importingSignatures } from '../fixtures/signatures.js'
import { createSignatureState, type SignatureState } from '../signature-state.js'
import type { MockCall, MockRoute } from './mock-route.js'
import { signatureChangeRoutes } from './signature-changes.js'

/** Each account has its own signature state, so that tests do not affect each other. */
function signatureStateOf({ db, session }: MockCall): SignatureState {
  const email = session?.email ?? ''
  const state = db.signatures.get(email) ?? createSignatureState(session?.behaviour ?? 'ordinary', db.startedAtMs)
  db.signatures.set(email, state)
  return state
}

export function readSignatures(call: MockCall): SignaturesView {
  const state = signatureStateOf(call)
  return call.session?.behaviour === 'importing' ? importingSignatures(Date.now(), state.reads++) : state.view
}

/** Hashes with sightings: those whose first digit is 0 to 3. */
const wasSeen = (hash: string) => /^[0-3]/.test(hash)

export const signatureRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/signatures$/, (call) => answer(SignaturesView, readSignatures(call))],
  ['GET', /^\/api\/signatures\/nodes$/, (call) => answer(NodeSignaturesList, { items: signatureStateOf(call).nodes })],
  ['GET', /^\/api\/signatures\/alerts$/, (call) => answer(SignatureAlertList, { items: signatureStateOf(call).alerts })],
  [
    'GET',
    /^\/api\/sightings$/,
    ({ query, db, session }) => {
      const hash = query.get('sha256') ?? query.get('md5') ?? ''
      const items = session?.behaviour === 'empty' || hash.startsWith('0000') ? [] : someSightings(db.startedAtMs)
      return answer(SightingList, { hash, items, total: items.length })
    },
  ],
  [
    'POST',
    /^\/api\/signatures\/dry-run$/,
    ({ body }) => {
      const { hashes } = HashDryRun.parse(body)
      const firstSeenAt = new Date(Date.now() - 86_400_000).toISOString()
      return answer(HashDryRunResult, {
        matches: hashes.filter(wasSeen).map((hash) => ({ hash, sightings: 3, firstSeenAt })),
      })
    },
  ],
  ...signatureChangeRoutes(signatureStateOf),
]
