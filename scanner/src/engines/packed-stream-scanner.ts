import type { OpenedFile } from '../node/file-identity.js'
import { createMemoryFile } from '../node/memory-file.js'
import { Budgets } from './budgets.js'
import type { RemoteEngine, Verdict } from './engine.js'
import type { EngineGuard } from './engine-guard.js'
import { readHead } from './file-content.js'
import { checkFormat } from './formats/format-check.js'
import { STREAM_LIMIT, unpackedPath } from './formats/packed-streams.js'
import { CLEAN, mergeVerdicts, withoutRepeatedGap } from './merge-verdicts.js'

/** Content of a packed stream. */
export interface UnpackedStream {
  readonly kind: 'unpacked'
  /** What was unpacked before the limit or the damage. */
  readonly content: Buffer
  /** True when the whole content is larger. */
  readonly isTruncated: boolean
  /** Why the stream cannot be unpacked to its end; empty when it can. */
  readonly failure: string
}

/** An engine that unpacks streams without privileges. */
export interface UnpackingEngine extends RemoteEngine {
  /** @returns the verdict when the engine failed. @throws only when the signal is aborted. */
  unpack(file: OpenedFile, signal: AbortSignal): Promise<UnpackedStream | Verdict>
}

/** A file that is as a whole a packed stream. */
export interface PackedStream {
  readonly file: OpenedFile
  readonly format: string
  /** Scans the content by the engines, one after the other: it is closed when one of them is aborted. */
  scanContent(content: OpenedFile, head: Buffer): Promise<Verdict>
}

/** Unpacks streams and scans their content. One at a time: the content is kept in memory, and one worker stays free for the rules. */
export class PackedStreamScanner {
  readonly #unpacking: EngineGuard<UnpackingEngine>
  readonly #slot = new Budgets({ concurrentScans: 1, bytesPerSecond: 0 })

  constructor(unpacking: EngineGuard<UnpackingEngine>) {
    this.#unpacking = unpacking
  }

  /** Number of waiting streams. */
  get queueLength(): number {
    return this.#slot.queueLength
  }

  /** Returns the verdict of the content and what it does not cover. @throws the signal's reason when it is aborted. */
  async scan({ file, format, scanContent }: PackedStream, signal: AbortSignal): Promise<Verdict> {
    using _slot = await this.#slot.acquire(file.sizeBytes, signal)
    const unpacked = await this.#unpacking.run((stopped) => this.#unpacking.engine.unpack(file, stopped), signal)
    if (unpacked.kind !== 'unpacked') return unpacked
    const gap = gapOf(unpacked, format)
    if (unpacked.content.length === 0) return gap
    using content = createMemoryFile(unpacked.content, unpackedPath(file.path))
    const head = await readHead(content)
    const byFormat = await checkFormat(content, head)
    return mergeVerdicts([withoutRepeatedGap(await scanContent(content, head), byFormat), gap, nestedIn(format, byFormat)])
  }
}

function gapOf({ isTruncated, failure }: UnpackedStream, format: string): Verdict {
  if (isTruncated)
    return { kind: 'not-scanned', reason: 'partially_scanned', detail: `${format}: the first ${STREAM_LIMIT} of the content were scanned` }
  if (failure === '') return CLEAN
  return { kind: 'not-scanned', reason: 'unsupported_format', detail: `${format}: unpacking failed: ${failure}`.slice(0, 400) }
}

function nestedIn(format: string, verdict: Verdict): Verdict {
  return verdict.kind === 'not-scanned' ? { ...verdict, detail: `nested in ${format}: ${verdict.detail}` } : verdict
}
