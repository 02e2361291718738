import { SignaturesView } from '@guardimesh/contracts'
import { answer } from '../answer.js'
import type { MockBehaviour, MockDb } from '../db.js'
import { absentSignatures, EMPTY_SIGNATURES, importingSignatures, someSignatures, unreachableSignatures } from '../fixtures/signatures.js'
import type { MockRoute } from './context.js'

export const signatureRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/signatures$/, ({ db, session }) => answer(SignaturesView, signaturesFor(session?.behaviour, db))],
]

function signaturesFor(behaviour: MockBehaviour | undefined, db: MockDb): SignaturesView {
  switch (behaviour) {
    case 'empty':
      return EMPTY_SIGNATURES
    case 'one-machine':
      return absentSignatures()
    case 'server-away':
      return unreachableSignatures()
    case 'importing':
      return importingSignatures(Date.now(), db.importingReads.count++)
    default:
      return someSignatures(db.startedAtMs)
  }
}
