import type { SignatureImport } from '@guardimesh/contracts'
import type { SignatureAnswer } from '../signatures/signature-answer.js'
import { bad, good, type Judgement } from './judgement.js'

/** What the signature server's own words mean for the platform. A refusal does not stop anything: the old generation stays. Pure. */
export function signaturesJudgement(answer: SignatureAnswer): Judgement {
  if (answer.kind === 'unknown')
    return { status: 'Unknown', reason: 'Unreachable', message: 'The signature server has not been asked yet.' }
  if (answer.kind === 'unreachable') return bad('Unreachable', `The signature server gives no answer: ${answer.reason}`)
  const { liveGeneration, imports } = answer.status
  if (liveGeneration === '') return bad('SignaturesMissing', 'There are no signatures yet: copy some to the signature server.')
  const newest = imports.find(({ state }) => state === 'published' || state === 'refused')
  if (newest?.state === 'refused') return good(`${refusalText(newest)} Generation ${liveGeneration} stays in force.`, 'SignaturesRefused')
  return good(`Generation ${liveGeneration} is offered to the nodes.`)
}

/** A sentence about signatures that were not taken. Pure. */
export function refusalText({ files, check, message }: SignatureImport): string {
  return `${files.slice(0, 5).join(', ')} refused by the check ${check}: ${message}`
}
