import { join } from 'node:path'
import { writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import { readForeignFile } from '../node/foreign-folder.js'

const FILE = 'puller.json'
const MAX_BYTES = 64 * 1024
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0)
/** Up to the year 2100: the backend rejects a node status with a later time. */
const TimeMs = z.number().int().min(0).max(4_102_444_800_000).default(0)
const Text = z.string().max(4000).default('')

/** State of the signatures that the puller leaves for the scanner, which reports it to the backend. Zero and empty mean unknown or none. */
export const PullerReport = z.object({
  /** Active generation of the node, which the fields up to `memoryBytes` describe. */
  generation: Text,
  /** When it was activated, Unix time in milliseconds. */
  switchedAtMs: TimeMs,
  /** Bytes that were downloaded for it. */
  pulledBytes: Count,
  /** From its activation until clamd served it. */
  loadMs: Count,
  /** When clamd was first observed to serve it, Unix time in milliseconds. */
  loadedAtMs: TimeMs,
  /** Memory of clamd with it; see `memoryOfStats`. */
  memoryBytes: Count,
  /** Newest generation that this node rejected, and the reason in `refusal`; empty when it accepted the newest. */
  refusedGeneration: Text,
  refusal: Text,
  /** Sequence of the newest catalogue that the puller has accepted. */
  catalogSequence: Count,
})
export type PullerReport = Readonly<z.infer<typeof PullerReport>>

export const EMPTY_PULLER_REPORT: PullerReport = PullerReport.parse({})

/** Reads the report in the puller's run folder; returns an empty one when it is missing or damaged. */
export async function readPullerReport(runFolder: string): Promise<PullerReport> {
  try {
    return PullerReport.parse(JSON.parse(await readForeignFile(join(runFolder, FILE), MAX_BYTES)))
  } catch {
    return EMPTY_PULLER_REPORT
  }
}

/** Replaces the report in RUN_FOLDER atomically. */
export async function writePullerReport(runFolder: string, report: PullerReport): Promise<void> {
  await writeFileDurably(join(runFolder, FILE), `${JSON.stringify(report)}\n`, 0o644)
}
