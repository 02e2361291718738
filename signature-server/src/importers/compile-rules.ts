import { fileURLToPath } from 'node:url'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { engineErrorText, runEngine } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import type { Candidate } from './importer.js'
import { RULES_BROKEN_EXIT_CODE } from './rule-error.js'

/**
 * The time is what a node has for all of its rules, so more is of no use. A megabyte of ordinary rules takes 2 to 5 s and 0.2 GiB, eight 0.5 GiB.
 * Source: TIMEOUT_MS in scanner/src/processes/obfuscation-scanner/rule-scanner.ts
 */
const LIMITS = { timeoutMs: 20 * SECOND_MS, memoryBytes: 1024 * MIB_BYTES }
const COMPILER = fileURLToPath(new URL('./yara-compiler.js', import.meta.url))

/** @throws the refusal when a rule file does not compile; GuardError ENGINE_ERROR when YARA-X itself does not work. */
export async function verifyCompiles({ name, path }: Pick<Candidate, 'name' | 'path'>, signal: AbortSignal): Promise<void> {
  const fault = await compileFault(path, signal)
  if (!fault) return
  const advice = fault.kind === 'broken' ? 'Correct the rule, then put the file in again.' : 'Divide it, or make its rules simpler.'
  throw refusal('rules', `${name} ${fault.what}. ${advice}`)
}

/** What is wrong with rules, in the words that follow their name. */
export interface CompileFault {
  readonly kind: 'broken' | 'too-large'
  readonly what: string
}

/**
 * Compiles a rule file in a process of its own, as nothing else can end YARA-X.
 *
 * @returns undefined when it compiles.
 * @throws GuardError ENGINE_ERROR when YARA-X itself does not work.
 */
export async function compileFault(path: string, signal: AbortSignal): Promise<CompileFault | undefined> {
  const run = { program: process.execPath, args: [COMPILER, path], ...LIMITS }
  const { exitCode, output, overLimit } = await runEngine(run, signal)
  if (exitCode === 0) return undefined
  if (overLimit === 'time') return { kind: 'too-large', what: `was not compiled in ${LIMITS.timeoutMs / SECOND_MS} s` }
  if (overLimit === 'memory')
    return { kind: 'too-large', what: `takes more than ${LIMITS.memoryBytes / MIB_BYTES} MiB of memory to compile` }
  if (exitCode !== RULES_BROKEN_EXIT_CODE)
    throw new GuardError('ENGINE_ERROR', `YARA-X could not compile the rules: ${engineErrorText(output) || `exit code ${exitCode}`}`)
  return { kind: 'broken', what: `does not compile: ${output.trim()}` }
}
