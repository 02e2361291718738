import { SEVERITIES } from '@guardimesh/contracts/detection/severity'
import { fromWireNumber } from '@guardimesh/contracts/detection/wire-number'
import { messages } from '@guardimesh/contracts/messages'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { errorCodeOf, GuardError, messageOf, type PeerCheck, UnixSocketClient } from '@guardimesh/kit'
import type { OpenedFile } from '../../node/file-identity.js'
import type { EngineMatch, Verdict } from '../engine.js'
import { readRange } from '../file-content.js'
import { mergeVerdicts } from '../merge-verdicts.js'
import type { UnpackedStream, UnpackingEngine } from '../packed-stream-scanner.js'
import { isExecutableOrScript } from './executable-or-script.js'
import { nameOf, readRuleWindows, ruleBytesMax } from './read-rule-content.js'

export interface ObfuscationEngineOptions {
  /** `obfuscation.sock`. */
  readonly socketPath: string
  /** Checks the obfuscation scanner before content is sent to it. */
  readonly checkPeer?: PeerCheck | undefined
  readonly timeoutMs: number
}

type Answer = ReturnType<typeof messages.ObfuscationResponse.decode>

/** Engine for the obfuscation scanner, a separate process without privileges that receives contents, never paths. */
export class ObfuscationEngine implements UnpackingEngine, Disposable {
  readonly name = 'obfuscation'
  readonly #client: UnixSocketClient<Parameters<typeof messages.ObfuscationRequest.encode>[0], Answer>
  #rulesVersion = ''

  constructor({ socketPath, timeoutMs, checkPeer }: ObfuscationEngineOptions) {
    this.#client = new UnixSocketClient({
      socketPath,
      timeoutMs,
      checkPeer,
      request: messages.ObfuscationRequest,
      answer: messages.ObfuscationResponse,
    })
  }

  /** True when the rules apply to a content under this path. Pure. @param head see `readHead`. */
  covers(head: Buffer, path: Buffer): boolean {
    return isExecutableOrScript(head, nameOf(path).toString('latin1'))
  }

  /** True when the last verdict used the rules of this generation: rules and ClamAV's databases are loaded independently. */
  usesGeneration(generation: string): boolean {
    return this.#rulesVersion.endsWith(`, ${generation}`)
  }

  /** Applies the rules to a file that they cover. */
  async scan(file: OpenedFile, signal: AbortSignal): Promise<Verdict> {
    signal.throwIfAborted()
    const verdicts: Verdict[] = []
    try {
      const fileName = nameOf(file.path)
      for await (const content of readRuleWindows(file)) {
        signal.throwIfAborted()
        const answer = await this.#client.ask({ content, sizeBytes: file.sizeBytes, fileName })
        this.#rulesVersion = answer.engineVersion ?? ''
        verdicts.push(verdictOfAnswer(answer, verdicts.length === 0))
      }
    } catch (error) {
      signal.throwIfAborted()
      verdicts.push(failed(error))
    }
    if (file.sizeBytes > ruleBytesMax()) verdicts.push(partiallyRead(file.sizeBytes))
    return withoutRepeatedMatches(mergeVerdicts(verdicts))
  }

  /** Unpacks a file that is as a whole a Zstandard or LZ4 stream. */
  async unpack(file: OpenedFile, signal: AbortSignal): Promise<UnpackedStream | Verdict> {
    signal.throwIfAborted()
    try {
      const content = await readRange(file.fd, 0, file.sizeBytes)
      const { unpacked, engineVersion } = await this.#client.ask({ content, sizeBytes: file.sizeBytes, unpack: true })
      this.#rulesVersion = engineVersion ?? ''
      const { content: bytes, truncated, failure } = unpacked ?? {}
      return { kind: 'unpacked', content: Buffer.from(bytes ?? []), isTruncated: truncated === true, failure: failure ?? '' }
    } catch (error) {
      signal.throwIfAborted()
      return failed(error)
    }
  }

  async ping(timeoutMs: number): Promise<void> {
    const timeout = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => timeout.reject(new GuardError('ENGINE_TIMEOUT', `timeout: the obfuscation scanner did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    try {
      await Promise.race([timeout.promise, this.#client.ask({ content: Buffer.alloc(0), sizeBytes: 0, fileName: Buffer.alloc(0) })])
    } finally {
      clearTimeout(timer)
    }
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}

function failed(error: unknown): Verdict {
  const reason = errorCodeOf(error) === 'ENGINE_TIMEOUT' ? 'timeout' : 'engine_error'
  return { kind: 'not-scanned', reason, detail: `obfuscation scanner: ${messageOf(error)}`.slice(0, 400) }
}

function partiallyRead(sizeBytes: number): Verdict {
  const [read, all] = [ruleBytesMax(), sizeBytes].map((bytes) => Math.floor(bytes / MIB_BYTES))
  return { kind: 'not-scanned', reason: 'partially_scanned', detail: `the obfuscation rules read the first ${read} of ${all} MiB` }
}

/**
 * Converts the answer to a verdict. Pure.
 *
 * @param isFirstWindow entropy is measured by the sections of the program, whose offsets are valid in the first window only.
 */
function verdictOfAnswer(answer: Answer, isFirstWindow: boolean): Verdict {
  const matches = (answer.matches ?? [])
    .filter(({ engine }) => isFirstWindow || engine !== 'entropy')
    .map(
      (match): EngineMatch => ({
        signatureName: match.rule ?? '',
        engine: match.engine === 'entropy' ? 'entropy' : 'yara',
        engineVersion: answer.engineVersion ?? '',
        severity: fromWireNumber(SEVERITIES, match.severity) ?? 'medium',
        description: match.description ?? '',
      }),
    )
  return matches.length === 0 ? { kind: 'clean' } : { kind: 'infected', matches }
}

/** A rule may match in several windows. Pure. */
function withoutRepeatedMatches(verdict: Verdict): Verdict {
  if (verdict.kind !== 'infected') return verdict
  const byName = new Map(verdict.matches.map((match) => [match.signatureName, match]))
  return byName.size === verdict.matches.length ? verdict : { ...verdict, matches: [...byName.values()] }
}
