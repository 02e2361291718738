import { readFile } from 'node:fs/promises'
import { MAX_SOURCES, SignatureDatabase, type SignatureServerStatus } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { CommandError } from '../command-error.js'

/**
 * Format of `signatures status --export`: the databases of an installation, for the machine where signatures are packed. Contains no names
 * of nodes or users and no addresses, so that it can leave the site.
 */
const StatusExport = z.object({
  format: z.literal(1),
  exportedAt: z.iso.datetime(),
  generation: z.string().max(200),
  databases: z.array(SignatureDatabase).max(MAX_SOURCES),
})
export type StatusExport = z.infer<typeof StatusExport>

/** Exports the sources of the head. Pure. */
export function exportStatus({ headGeneration, sources }: SignatureServerStatus, now: Date): StatusExport {
  return { format: 1, exportedAt: now.toISOString(), generation: headGeneration, databases: sources }
}

/** @throws CommandError when the file is not a status export. */
export async function readStatusExport(path: string): Promise<StatusExport> {
  try {
    return StatusExport.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)
    throw new CommandError(`${path} was not written by "guardimesh signatures status --export": ${why}`, { cause: error })
  }
}
