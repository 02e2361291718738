import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'

const FILE = 'puller.json'
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0)
/** Year 2100: a later one is a mistake, for which the backend would refuse all that is told with it. */
const Moment = z.number().int().min(0).max(4_102_444_800_000).default(0)
const Text = z.string().max(4000).default('')

/** What the puller of a node knows of the signatures, for the scanner, which tells the backend. Zero and empty: unknown, or nothing. */
export const PullerReport = z.object({
  /** Generation in force. What follows, up to `memoryBytes`, is about it. */
  generation: Text,
  /** When it was put in force, Unix time in milliseconds. */
  switchedAtMs: Moment,
  /** What came over the network for it. */
  pulledBytes: Count,
  /** From the switch until clamd served it. */
  loadMs: Count,
  /** When clamd was first seen to serve it, Unix time in milliseconds. */
  loadedAtMs: Moment,
  /** Memory of clamd with it: see `memoryOfStats`. */
  memoryBytes: Count,
  /** Newest generation that this node refused, and why; empty when it took it. */
  refusedGeneration: Text,
  refusal: Text,
})
export type PullerReport = Readonly<z.infer<typeof PullerReport>>

export const EMPTY_PULLER_REPORT: PullerReport = PullerReport.parse({})

/** Reads the report in RUN_FOLDER; an empty one when it is missing or damaged. */
export async function readPullerReport(runFolder: string): Promise<PullerReport> {
  try {
    return PullerReport.parse(JSON.parse(await readFile(join(runFolder, FILE), 'utf8')))
  } catch {
    return EMPTY_PULLER_REPORT
  }
}

/** Replaces the report in RUN_FOLDER in one step. */
export async function writePullerReport(runFolder: string, report: PullerReport): Promise<void> {
  await writeFileDurably(join(runFolder, FILE), `${JSON.stringify(report)}\n`, 0o644)
}
