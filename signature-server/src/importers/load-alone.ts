import { type EngineEnd, LOAD_LIMITS, type LoadLimits, runEngine } from '@guardimesh/signature-format'
import { type SkippedSignature, skippedSignatureOf } from './skipped-signature.js'

/** A small file that always exists. */
const SCANNED = '/proc/version'
/** Maximum number of kept messages and names. */
const MAX_KEPT = 20

/** What ClamAV reports about one file. */
export interface LoadReport extends Pick<EngineEnd, 'exitCode' | 'overLimit'> {
  /** Number of loaded signatures; undefined when ClamAV ended early. */
  readonly loaded: number | undefined
  /** Number of signatures that ClamAV reports as skipped. It skips some without a message. */
  readonly skippedCount: number
  /** The first of them. */
  readonly skipped: readonly SkippedSignature[]
  /** The first errors and warnings. */
  readonly messages: readonly string[]
}

/** Loads one file in a separate clamscan process, with the messages about each skipped signature, which ClamAV logs at debug level. */
export async function loadAlone(path: string, limits: LoadLimits, signal: AbortSignal): Promise<LoadReport> {
  let loaded: number | undefined
  const onLine = (line: string) => {
    const [, count] = /^Known viruses: (\d+)$/.exec(line) ?? []
    if (count !== undefined) loaded = Number(count)
  }
  const messages = new LoadMessages()
  const args = ['--debug', `--database=${path}`, SCANNED]
  const run = { program: 'clamscan', args, ...LOAD_LIMITS, ...limits, onLine, onErrorLine: messages.add }
  const { exitCode, overLimit } = await runEngine(run, signal)
  return { exitCode, overLimit, loaded, ...messages.result }
}

class LoadMessages {
  readonly #messages: string[] = []
  readonly #skipped: SkippedSignature[] = []
  #skippedCount = 0
  /** Warning about a string of the rule that is being loaded. */
  #stringProblem: string | undefined

  get result(): Pick<LoadReport, 'skippedCount' | 'skipped' | 'messages'> {
    return { skippedCount: this.#skippedCount, skipped: this.#skipped, messages: this.#messages }
  }

  readonly add = (line: string): void => {
    const text = line.replace(/[^ -~]/g, '?')
    if (/^(LibClamAV (Error|Warning)|ERROR): /.test(text) && this.#messages.length < MAX_KEPT) this.#messages.push(text)
    const found = skippedSignatureOf(text)
    if (found) this.#addSkipped({ ...found, reason: this.#stringProblem ?? found.reason })
    if (text.startsWith('LibClamAV debug: load_oneyara: attempting to load ')) this.#stringProblem = undefined
    else this.#stringProblem ??= /^LibClamAV Warning: load_oneyara(?:\[verify\])?: (.+?)(?: YARA\.\S+)?$/.exec(text)?.[1]
  }

  #addSkipped(found: SkippedSignature): void {
    this.#skippedCount += 1
    if (this.#skipped.length < MAX_KEPT) this.#skipped.push(found)
    this.#stringProblem = undefined
  }
}
