import { createRequire } from 'node:module'
import { messageOf, withoutByteOrderMark } from '@guardimesh/kit'
import {
  firstErrorOf,
  MAX_MATCHES_PER_PATTERN,
  type YaraEngine,
  type YaraMatch,
  type YaraRules,
  type YaraSource,
  YaraTimeoutError,
} from './yara-rules.js'

/** Only the package with the native module: the package `@litko/yara-x` adds a loader that runs programs and obeys environment variables. */
const PACKAGE = '@litko/yara-x-linux-x64-gnu'

/** The used part of the native module. */
interface NativeModule {
  compile(source: string, options: object): NativeRules
  validate(source: string, options: object): { readonly errors: readonly { readonly message: string }[] }
}

interface NativeRules {
  addRuleSources(sources: readonly { readonly source: string; readonly namespace: string }[]): void
  setMaxMatchesPerPattern(count: number): void
  setTimeout(timeoutMs: number): void
  scan(content: Uint8Array, variables: object): readonly NativeMatch[]
}

interface NativeMatch {
  readonly ruleIdentifier: string
  readonly namespace: string
  readonly meta: Readonly<Record<string, unknown>>
}

/** YARA-X reads any file that an `include` names, and quotes its beginning in an error, so includes are disabled. */
const OPTIONS = { defineVariables: { filename: '' }, enableIncludes: false }

/** The module frees rules before the scanner that refers to them, so rules that have scanned are kept until the process ends. */
const kept: NativeRules[] = []

/** @throws the error of the module loader. */
export function createNativeEngine(): YaraEngine {
  const native = createRequire(import.meta.url)(PACKAGE) as NativeModule
  return {
    compileError: (source) => compileError(native, withoutByteOrderMark(source)),
    compile: (sources, timeoutMs) => compile(native, sources, timeoutMs),
  }
}

function compileError(native: NativeModule, source: string): string | undefined {
  const error = errorOf(() => native.compile(source, OPTIONS))
  return error && (firstErrorOf(native.validate(source, OPTIONS).errors.map(({ message }) => message)) ?? error)
}

function compile(native: NativeModule, sources: readonly YaraSource[], timeoutMs?: number): YaraRules {
  const rules = native.compile('', OPTIONS)
  const failure = errorOf(() =>
    rules.addRuleSources(sources.map(({ name, source }) => ({ source: withoutByteOrderMark(source), namespace: name }))),
  )
  if (failure !== undefined) throw new Error(failure)
  rules.setMaxMatchesPerPattern(MAX_MATCHES_PER_PATTERN)
  if (timeoutMs !== undefined) rules.setTimeout(timeoutMs)
  kept.push(rules)
  return { scan: (content, fileName) => scan(rules, content, fileName) }
}

function scan(rules: NativeRules, content: Uint8Array, fileName: string): readonly YaraMatch[] {
  try {
    const matches = rules.scan(content, { filename: asText(fileName) })
    return matches.map(({ ruleIdentifier, namespace, meta }) => ({ rule: ruleIdentifier, sourceName: namespace, metadata: meta }))
  } catch (error) {
    const message = messageOf(error)
    throw message.includes('timed out') ? new YaraTimeoutError(message) : error
  }
}

/** The module converts such texts to numbers and booleans, which YARA-X then rejects: the file would not be scanned. */
function asText(fileName: string): string {
  return /^([+-]?\d+|true|false)$/i.test(fileName) ? `./${fileName}` : fileName
}

/** Returns the message of YARA-X without the module's prefix "Compilation error (E025): ". */
function errorOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return messageOf(error).replace(/^Compilation error \(\w+\): /, '')
  }
}
