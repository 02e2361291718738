import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, release } from 'node:os'
import { join } from 'node:path'

/** Result of one benchmark. `ratio` is above 1 if Guardimesh is better than the peer; `peerValue` has the unit of `value`. */
export interface Measurement {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Name of the peer, or "-" if the bar is absolute. */
  readonly peer: string
  readonly peerValue: number
  readonly ratio: number
  /** Description of the bar that `ratio` (or `value`, with peer "-") must meet. */
  readonly bar: string
  readonly isMet: boolean
  /** Samples, sizes and settings. */
  readonly details: Readonly<Record<string, unknown>>
}

const RESULTS_FOLDER = join(import.meta.dirname, '../results')

/** Formats a measurement as a line for scripts. Pure. */
export function formatMeasurement(measured: Measurement): string {
  const { name, value, unit, peer, peerValue, ratio } = measured
  return `bench=${name} value=${round(value)} unit=${unit} peer=${peer} peer_value=${round(peerValue)} ratio=${round(ratio)}`
}

/** Prints the line to standard output and writes all data to `bench/results/<name>.json`. */
export async function reportMeasurement(measured: Measurement): Promise<void> {
  process.stdout.write(`${formatMeasurement(measured)}\n`)
  await mkdir(RESULTS_FOLDER, { recursive: true })
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release(), node: process.version }
  const json = { ...measured, machine, measuredAt: new Date().toISOString() }
  await writeFile(join(RESULTS_FOLDER, `${measured.name}.json`), `${JSON.stringify(json, null, 2)}\n`)
}

/** Rounds to four significant digits, which exceeds the precision of all benchmarks. */
function round(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}
