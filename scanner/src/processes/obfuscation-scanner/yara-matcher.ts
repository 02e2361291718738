import { readFileSync } from 'node:fs'
import { SEVERITIES, type SeverityName } from '@guardimesh/contracts'
import { Compiler, initSync, type Rules, Scanner } from '@virustotal/yara-x'
import type { RuleFile } from './rule-files.js'

export interface BrokenRuleFile {
  readonly name: string
  readonly reason: string
}

export interface RuleMatch {
  readonly rule: string
  readonly description: string
  readonly severity: SeverityName
  readonly engine: 'yara' | 'entropy'
}

/** The used part of YARA-X's result. */
interface YaraScan {
  readonly errors?: readonly string[]
  readonly matches: readonly {
    readonly identifier: string
    readonly isPrivate: boolean
    readonly metadata: readonly { readonly identifier: string; readonly value: unknown }[]
  }[]
}

/** Maximum counted matches per pattern: rules compare counts with much smaller thresholds. */
const MAX_MATCHES_PER_PATTERN = 10_000
export const MAX_REASON_CHARS = 400

/** Compiled rules. A scan can only be stopped by ending its thread or process. */
export class YaraMatcher {
  readonly #scanner: Scanner
  /** Files that do not compile; they are skipped. */
  readonly broken: readonly BrokenRuleFile[]

  constructor(files: readonly RuleFile[]) {
    initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
    const broken: BrokenRuleFile[] = []
    const usable = files.filter((file) => {
      const reason = compileErrorOf(file)
      if (reason !== undefined) broken.push({ name: file.name, reason })
      return reason === undefined
    })
    this.broken = broken
    using compiler = newCompiler()
    for (const { name, source } of usable) {
      compiler.newNamespace(name)
      compiler.addSource(source)
    }
    this.#scanner = new Scanner(compiler.build())
    this.#scanner.setMaxMatchesPerPattern(MAX_MATCHES_PER_PATTERN)
  }

  /** @throws Error with the message of YARA-X. */
  matches(content: Uint8Array, fileName: string): readonly RuleMatch[] {
    this.#scanner.setGlobal('filename', fileName)
    const result = this.#scanner.scan(content) as YaraScan
    if (result.errors && result.errors.length > 0) throw new Error(result.errors.join('; ').slice(0, MAX_REASON_CHARS))
    return result.matches
      .filter((match) => !match.isPrivate)
      .map(({ identifier, metadata }) => {
        const meta = (name: string) => metadata.find((entry) => entry.identifier === name)?.value
        return { rule: identifier, description: descriptionOf(meta('description')), severity: severityOf(meta('severity')), engine: 'yara' }
      })
  }
}

/** Returns the error of a file, or undefined if it compiles. Each file needs its own compiler, which is unusable after an error. */
function compileErrorOf({ source }: RuleFile): string | undefined {
  using compiler = newCompiler()
  try {
    compiler.addSource(source)
    const rules: Rules = compiler.build()
    rules.free()
    return undefined
  } catch (error) {
    return String(error).slice(0, MAX_REASON_CHARS)
  }
}

/** Third-party rules may use the external variable `filename`. */
function newCompiler(): Compiler {
  const compiler = new Compiler()
  compiler.defineGlobal('filename', '')
  return compiler
}

function descriptionOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : 'A rule for hidden or packed code matched this file.'
}

/** Third-party rules have no severity, or other names for it. */
function severityOf(value: unknown): SeverityName {
  return SEVERITIES.find((severity) => severity === value) ?? 'medium'
}
