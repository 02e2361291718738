import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { SEVERITIES, type SeverityName } from '@guardimesh/contracts'
import { Compiler, initSync, type Rules, Scanner } from '@virustotal/yara-x'
import type { WorkerAnswer, WorkerTask } from '../../engines/worker-pool.js'
import { entropyBits } from './entropy.js'
import { judgeEntropy } from './judge-entropy.js'
import type { RuleFile } from './rule-files.js'

/** What the thread is asked: to look at a content, or which of its rule files are broken. */
export type YaraTask = { readonly kind: 'scan'; readonly content: Uint8Array; readonly fileName: string } | { readonly kind: 'check' }

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

export interface YaraResult {
  readonly matches: readonly RuleMatch[]
  readonly entropyBits: number
  readonly broken: readonly BrokenRuleFile[]
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
const MAX_REASON_CHARS = 400

const broken: BrokenRuleFile[] = []
const scanner = makeScanner(workerData as readonly RuleFile[])

/** Rule files that do not compile are left out; the others stay. */
function makeScanner(files: readonly RuleFile[]): Scanner {
  initSync({ module: readFileSync(new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'))) })
  const usable = files.filter(compiles)
  using compiler = newCompiler()
  for (const { name, source } of usable) {
    compiler.newNamespace(name)
    compiler.addSource(source)
  }
  const made = new Scanner(compiler.build())
  made.setMaxMatchesPerPattern(MAX_MATCHES_PER_PATTERN)
  return made
}

/** A compiler that met a broken file is of no more use, so each file is tried with one of its own. */
function compiles({ name, source }: RuleFile): boolean {
  using compiler = newCompiler()
  try {
    compiler.addSource(source)
    const rules: Rules = compiler.build()
    rules.free()
    return true
  } catch (error) {
    broken.push({ name, reason: String(error).slice(0, MAX_REASON_CHARS) })
    return false
  }
}

/** Rules of others may ask for the file's name. */
function newCompiler(): Compiler {
  const compiler = new Compiler()
  compiler.defineGlobal('filename', '')
  return compiler
}

function scan(content: Buffer, fileName: string): readonly RuleMatch[] {
  scanner.setGlobal('filename', fileName)
  const result = scanner.scan(content) as YaraScan
  if (result.errors && result.errors.length > 0) throw new Error(result.errors.join('; ').slice(0, MAX_REASON_CHARS))
  const matches: RuleMatch[] = result.matches
    .filter((match) => !match.isPrivate)
    .map(({ identifier, metadata }) => {
      const meta = (name: string) => metadata.find((entry) => entry.identifier === name)?.value
      return { rule: identifier, description: descriptionOf(meta('description')), severity: severityOf(meta('severity')), engine: 'yara' }
    })
  const entropy = judgeEntropy(content)
  return entropy ? [...matches, { ...entropy, engine: 'entropy' }] : matches
}

function descriptionOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : 'A rule about hidden or packed code matched this file.'
}

/** Rules of others say nothing of severity, or say it in their own words. */
function severityOf(value: unknown): SeverityName {
  return SEVERITIES.find((severity) => severity === value) ?? 'medium'
}

function answerOf(task: YaraTask): YaraResult {
  if (task.kind === 'check') return { matches: [], entropyBits: 0, broken }
  // A Buffer arrives as a plain Uint8Array.
  const content = Buffer.from(task.content.buffer, task.content.byteOffset, task.content.byteLength)
  return { matches: scan(content, task.fileName), entropyBits: entropyBits(content), broken }
}

parentPort?.on('message', ({ taskId, task }: WorkerTask<YaraTask>) => {
  let answer: WorkerAnswer<YaraResult>
  try {
    answer = { taskId, result: answerOf(task) }
  } catch (error) {
    answer = { taskId, failure: String(error).slice(0, MAX_REASON_CHARS) }
  }
  parentPort?.postMessage(answer)
})
