import { type PullerReport, readPullerReport, writePullerReport } from '../../report/puller-report.js'

const MAX_REASON_CHARS = 1000

/** Stores the report about pulls that the scanner process reads. It survives restarts. */
export class PullerReportStore {
  readonly #runFolder: string

  constructor(runFolder: string) {
    this.#runFolder = runFolder
  }

  /** Records that a generation became active. */
  async recordSwitch(generation: string, pulledBytes: number): Promise<void> {
    await this.#change((report) => ({
      ...report,
      ...{ generation, pulledBytes, switchedAtMs: Date.now(), loadMs: 0, loadedAtMs: 0, memoryBytes: 0 },
    }))
  }

  /** Records that clamd has loaded the active generation. */
  async recordServed(generation: string, memoryBytes: number): Promise<void> {
    await this.#change((report) => {
      const known = report.generation === generation ? report : { ...report, generation, switchedAtMs: 0, pulledBytes: 0, loadedAtMs: 0 }
      if (known.loadedAtMs !== 0) return { ...known, memoryBytes }
      const loadedAtMs = Date.now()
      const loadMs = known.switchedAtMs === 0 ? 0 : Math.max(1, loadedAtMs - known.switchedAtMs)
      return { ...known, memoryBytes, loadedAtMs, loadMs }
    })
  }

  /** Records that this node rejected a generation. */
  async recordRejection(refusedGeneration: string, reason: string): Promise<void> {
    await this.#change((report) => ({ ...report, refusedGeneration, refusal: reason.slice(0, MAX_REASON_CHARS) }))
  }

  /** Clears the rejection once the offered generation is active. */
  async clearRejection(): Promise<void> {
    await this.#change((report) => ({ ...report, refusedGeneration: '', refusal: '' }))
  }

  /** Records the sequence of an accepted catalogue, which the scanner process keeps on the node. */
  async recordSequence(catalogSequence: number): Promise<void> {
    await this.#change((report) => ({ ...report, catalogSequence }))
  }

  read(): Promise<PullerReport> {
    return readPullerReport(this.#runFolder)
  }

  async #change(change: (report: PullerReport) => PullerReport): Promise<void> {
    const report = await this.read()
    const changed = change(report)
    if (JSON.stringify(changed) !== JSON.stringify(report)) await writePullerReport(this.#runFolder, changed)
  }
}
