import { readFile } from 'node:fs/promises'
import { MAX_SOURCES, SignatureDatabase, type SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'

/**
 * What `signatures status --export` writes, to be carried to where signatures are packed: which databases this side has. No names of nodes, of
 * people or of addresses are in it, so that it may leave.
 */
const StatusExport = z.object({
  format: z.literal(1),
  exportedAt: z.iso.datetime(),
  generation: z.string().max(200),
  databases: z.array(SignatureDatabase).max(MAX_SOURCES),
})
export type StatusExport = z.infer<typeof StatusExport>

/** What the next import builds on. Pure. */
export function exportStatus({ headGeneration, sources }: SignatureServerStatus, now: Date): StatusExport {
  return { format: 1, exportedAt: now.toISOString(), generation: headGeneration, databases: sources }
}

/** @throws CommandError when the file is something else. */
export async function readStatusExport(path: string): Promise<StatusExport> {
  try {
    return StatusExport.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)
    throw new CommandError(`${path} is no file that "guardimesh signatures status --export" wrote: ${why}`, { cause: error })
  }
}
