/** Version of YARA-X in both builds; their packages are pinned. */
export const YARA_X_VERSION = '1.20.0'

/** Maximum counted matches per pattern: rules compare counts with much smaller thresholds. */
export const MAX_MATCHES_PER_PATTERN = 10_000

/** Rules of one file. Rules of different files may have the same name. */
export interface YaraSource {
  readonly name: string
  readonly source: string
}

export interface YaraMatch {
  readonly rule: string
  /** Name of the rule's source. */
  readonly sourceName: string
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Compiled rules. */
export interface YaraRules {
  /**
   * Returns the rules that match, without private ones.
   *
   * @param fileName value of the external variable `filename`, which third-party rules may use.
   * @throws YaraTimeoutError, or Error with the message of YARA-X.
   */
  scan(content: Uint8Array, fileName: string): readonly YaraMatch[]
}

export interface YaraEngine {
  /** Returns the error in the first line of a source, with its position and an excerpt; undefined if it compiles. `include` is an error. */
  compileError(source: string): string | undefined
  /**
   * @param timeoutMs timeout per scan; none by default. The WASM build ignores it, because it has no working timeout.
   * @throws Error with the message of YARA-X when a source does not compile.
   */
  compile(sources: readonly YaraSource[], timeoutMs?: number): YaraRules
}

/** A scan exceeded its timeout. The rules can still be used. */
export class YaraTimeoutError extends Error {}

/** Returns the error in the first line, because YARA-X lists syntax errors last; undefined without errors. Pure. */
export function firstErrorOf(errors: readonly string[]): string | undefined {
  const lineOf = (error: string) => Number(/^\s*--> [^\n]*?(\d+):\d+$/m.exec(error)?.[1] ?? Number.POSITIVE_INFINITY)
  return errors.toSorted((one, other) => lineOf(one) - lineOf(other))[0]
}
