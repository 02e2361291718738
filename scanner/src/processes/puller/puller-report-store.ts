import { type PullerReport, readPullerReport, writePullerReport } from '../../report/puller-report.js'

const MAX_REFUSAL_CHARS = 1000

/** What this process tells the scanner of its pulls; it goes on after a restart. */
export class PullerReportStore {
  readonly #runFolder: string

  constructor(runFolder: string) {
    this.#runFolder = runFolder
  }

  /** A generation was put in force just now. */
  async recordSwitch(generation: string, pulledBytes: number): Promise<void> {
    await this.#change((report) => ({
      ...report,
      ...{ generation, pulledBytes, switchedAtMs: Date.now(), loadMs: 0, loadedAtMs: 0, memoryBytes: 0 },
    }))
  }

  /** clamd serves the generation in force. */
  async recordServed(generation: string, memoryBytes: number): Promise<void> {
    await this.#change((report) => {
      const known = report.generation === generation ? report : { ...report, generation, switchedAtMs: 0, pulledBytes: 0, loadedAtMs: 0 }
      if (known.loadedAtMs !== 0) return { ...known, memoryBytes }
      const loadedAtMs = Date.now()
      const loadMs = known.switchedAtMs === 0 ? 0 : Math.max(1, loadedAtMs - known.switchedAtMs)
      return { ...known, memoryBytes, loadedAtMs, loadMs }
    })
  }

  /** This node does not take a generation. */
  async recordRejection(refusedGeneration: string, why: string): Promise<void> {
    await this.#change((report) => ({ ...report, refusedGeneration, refusal: why.slice(0, MAX_REFUSAL_CHARS) }))
  }

  /** What is offered is in force. */
  async clearRejection(): Promise<void> {
    await this.#change((report) => ({ ...report, refusedGeneration: '', refusal: '' }))
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
