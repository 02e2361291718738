import type { SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import { asLine } from '../terminal/format.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureClient } from './signature-client.js'

const POLL_INTERVAL_MS = 1000
/** Time to wait for a server that is restarting or being upgraded. */
const UNREACHABLE_TIMEOUT_MS = 120_000
/** Time to wait for an import that does not progress, such as one that waits for another volume. */
const WAITING_TIMEOUT_MS = 600_000

/** An import with the status that it was read from. */
export interface ImportSnapshot {
  readonly entry: SignatureImport
  readonly status: SignatureServerStatus
}

/**
 * Waits until an import has ended.
 *
 * @throws CommandError when the import is rejected, with check and reason; on timeout.
 */
export async function followImport(service: SignatureClient, importId: string, report: Report): Promise<ImportSnapshot> {
  let waitingSinceMs = performance.now()
  for (;;) {
    const { entry, status } = await findImport(service, importId, report)
    if (entry.state === 'published') return { entry, status }
    if (entry.state === 'refused') throw new CommandError(`Import rejected by the check "${entry.check}": ${entry.message}`)
    const activity = entry.progress || entry.message
    report(activity === '' ? entry.state : `${entry.state}: ${activity}`)
    if (entry.state === 'checking') waitingSinceMs = performance.now()
    if (performance.now() - waitingSinceMs > WAITING_TIMEOUT_MS) throw new CommandError(`Timeout: the import is still waiting: ${activity}`)
    await sleep(POLL_INTERVAL_MS)
  }
}

/** Polls until the import is listed. Retries while the server is unavailable. */
async function findImport(service: SignatureClient, importId: string, report: Report): Promise<ImportSnapshot> {
  const endMs = performance.now() + UNREACHABLE_TIMEOUT_MS
  for (;;) {
    try {
      const status = await service.status()
      const entry = status.imports.find((one) => one.importId === importId)
      if (entry) return { entry, status }
      if (performance.now() > endMs) throw new CommandError(`Import ${importId} not found. Check the import history in the console.`)
    } catch (error) {
      if (performance.now() > endMs) throw error
      report(`${messageOf(error)} Retrying`)
    }
    await sleep(POLL_INTERVAL_MS)
  }
}

/** Describes a published import. Pure. */
export function describePublished({ entry, status }: ImportSnapshot): string[] {
  const { rollOut, activeGeneration, settings } = status
  const lines = [`Published as generation ${entry.generation}.`]
  if (entry.signedBy !== '') lines.push(`Signed by ${entry.signedBy}.`)
  lines.push(...entry.notices.map((notice) => `Note: ${asLine(notice)}`))
  if (rollOut?.generation === entry.generation)
    lines.push(
      rollOut.state === 'held'
        ? `It replaces the candidate of the rollout that is held on ${rollOut.nodes.join(', ')}, and is held as well. Check it, then promote or discard it.`
        : `It is rolled out to the canary nodes first (${rollOut.nodes.join(', ')}), and to all nodes after ${settings.canary.soakMinutes} min.`,
    )
  else if (activeGeneration === entry.generation) lines.push('It is active on all nodes.')
  else if (settings.pinned) lines.push(`Generation ${activeGeneration} is pinned and remains active.`)
  return lines
}
