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

/** What YARA-X gives back, as far as it is used. */
interface YaraScan {
  readonly errors?: readonly string[]
  readonly matches: readonly {
    readonly identifier: string
    readonly isPrivate: boolean
    readonly metadata: readonly { readonly identifier: string; readonly value: unknown }[]
  }[]
}

/** Matches of one pattern that are counted: rules ask for a share, not for all. */
const MAX_MATCHES_PER_PATTERN = 10_000
export const MAX_REASON_CHARS = 400

/** Rules, compiled. They can only be ended with the thread or process that holds them. */
export class YaraMatcher {
  readonly #scanner: Scanner
  /** Files that do not compile are left out; the others stay. */
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

  /** @throws with what YARA-X says. */
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

/** A compiler that met a broken file is of no more use, so each file is tried with one of its own. */
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

/** Rules of others may ask for the file's name. */
function newCompiler(): Compiler {
  const compiler = new Compiler()
  compiler.defineGlobal('filename', '')
  return compiler
}

function descriptionOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : 'A rule about hidden or packed code matched this file.'
}

/** Rules of others say nothing of severity, or say it in their own words. */
function severityOf(value: unknown): SeverityName {
  return SEVERITIES.find((severity) => severity === value) ?? 'medium'
}
