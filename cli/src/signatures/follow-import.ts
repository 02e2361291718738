import type { SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureService } from './signature-service.js'

const LOOK_MS = 1000
/** A server that is restarted, or a roll-out of the console, is waited for. */
const PATIENCE_MS = 120_000
/** What waits for another file would wait until the files are removed. */
const WAITING_MAX_MS = 600_000

/** An import, and how things stood when it was seen. */
export interface SeenImport {
  readonly entry: SignatureImport
  readonly status: SignatureServerStatus
}

/**
 * Waits until an import has ended.
 *
 * @throws CommandError with the check and the sentence of a refusal; or when it is not seen, or waits, for too long.
 */
export async function followImport(service: SignatureService, importId: string, report: Report): Promise<SeenImport> {
  let waitingSinceMs = performance.now()
  for (;;) {
    const { entry, status } = await findImport(service, importId, report)
    if (entry.state === 'published') return { entry, status }
    if (entry.state === 'refused') throw new CommandError(`Refused by the check "${entry.check}": ${entry.message}`)
    const doing = entry.progress || entry.message
    report(doing === '' ? entry.state : `${entry.state}: ${doing}`)
    if (entry.state === 'checking') waitingSinceMs = performance.now()
    if (performance.now() - waitingSinceMs > WAITING_MAX_MS) throw new CommandError(`It still waits: ${doing}`)
    await sleep(LOOK_MS)
  }
}

/** Asks until the import is listed: it may take a moment, and the server may be away for one. */
async function findImport(service: SignatureService, importId: string, report: Report): Promise<SeenImport> {
  const endMs = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      const status = await service.status()
      const entry = status.imports.find((one) => one.importId === importId)
      if (entry) return { entry, status }
      if (performance.now() > endMs)
        throw new CommandError(`The signature server does not list the import ${importId}: look at the console's page of imports.`)
    } catch (error) {
      if (performance.now() > endMs) throw error
      report(`${messageOf(error)} Trying again`)
    }
    await sleep(LOOK_MS)
  }
}

/** What came of it, for a person. Pure. */
export function describePublished({ entry, status }: SeenImport): string {
  const { rollOut, activeGeneration, settings } = status
  const lines = [`Published as generation ${entry.generation}.`]
  if (entry.signedBy !== '') lines.push(`Signed by ${entry.signedBy}.`)
  if (rollOut?.generation === entry.generation)
    lines.push(
      rollOut.state === 'held'
        ? `It takes the place of the roll-out that is held on ${rollOut.nodes.join(', ')}, and is held, too: look at it, then promote or discard it.`
        : `It goes to the canary nodes first (${rollOut.nodes.join(', ')}); the others follow after ${settings.canary.soakMinutes} min.`,
    )
  else if (activeGeneration === entry.generation) lines.push('Every node is offered it now.')
  else if (settings.pinned) lines.push(`The generation ${activeGeneration} is pinned and stays live.`)
  return `${lines.join('\n')}\n`
}
