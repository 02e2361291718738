import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, release } from 'node:os'
import { join } from 'node:path'

/** What one benchmark measured. `ratio` is above 1 where we are better than the peer; `peerValue` has the same unit as `value`. */
export interface Measurement {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Against what; "-" when a bar is absolute. */
  readonly peer: string
  readonly peerValue: number
  readonly ratio: number
  /** The bar that `ratio` (or, with peer "-", `value`) is held against, in words. */
  readonly bar: string
  readonly isMet: boolean
  /** All that helps to understand the figure: samples, sizes, settings. */
  readonly details: Readonly<Record<string, unknown>>
}

const RESULTS_FOLDER = join(import.meta.dirname, '../results')

/** The line of a measurement, as scripts read it. Pure. */
export function formatMeasurement(measured: Measurement): string {
  const { name, value, unit, peer, peerValue, ratio } = measured
  return `bench=${name} value=${round(value)} unit=${unit} peer=${peer} peer_value=${round(peerValue)} ratio=${round(ratio)}`
}

/** Prints the line on standard output and writes everything as JSON to `bench/results/<name>.json`. */
export async function reportMeasurement(measured: Measurement): Promise<void> {
  process.stdout.write(`${formatMeasurement(measured)}\n`)
  await mkdir(RESULTS_FOLDER, { recursive: true })
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release(), node: process.version }
  const json = { ...measured, machine, measuredAt: new Date().toISOString() }
  await writeFile(join(RESULTS_FOLDER, `${measured.name}.json`), `${JSON.stringify(json, null, 2)}\n`)
}

/** Four significant digits are more than any of these measurements holds. */
function round(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}
