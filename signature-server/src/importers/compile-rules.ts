import { fileURLToPath } from 'node:url'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { engineErrorText, runEngine } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import type { ImportedFile } from './importer.js'
import { RULES_INVALID_EXIT_CODE } from './rule-error.js'

/**
 * The timeout is that of a node for all of its rules. One MiB of typical rules takes 2 to 5 s and 0.2 GiB of memory, eight MiB take 0.5
 * GiB.
 * Source: TIMEOUT_MS in scanner/src/processes/obfuscation-scanner/rule-scanner.ts
 */
const LIMITS = { timeoutMs: 20 * SECOND_MS, memoryBytes: 1024 * MIB_BYTES }
const COMPILER = fileURLToPath(new URL('./yara-compiler.js', import.meta.url))

/** @throws the refusal when a rule file does not compile; GuardError ENGINE_ERROR when YARA-X itself fails. */
export async function verifyCompiles({ name, path }: Pick<ImportedFile, 'name' | 'path'>, signal: AbortSignal): Promise<void> {
  const error = await findCompileError(path, signal)
  if (!error) return
  const advice = error.kind === 'invalid' ? 'Correct the rule, then import the file again.' : 'Split the file, or simplify its rules.'
  throw refusal('rules', `${name} ${error.reason}. ${advice}`)
}

/** Why a rule file does not compile. */
export interface CompileError {
  readonly kind: 'invalid' | 'too-complex'
  /** A predicate without a subject, such as "does not compile: …". */
  readonly reason: string
}

/**
 * Compiles a rule file in a separate process, because YARA-X cannot be interrupted.
 *
 * @returns undefined when it compiles.
 * @throws GuardError ENGINE_ERROR when YARA-X itself fails.
 */
export async function findCompileError(path: string, signal: AbortSignal): Promise<CompileError | undefined> {
  const run = { program: process.execPath, args: [COMPILER, path], ...LIMITS }
  const { exitCode, output, overLimit } = await runEngine(run, signal)
  if (exitCode === 0) return undefined
  if (overLimit === 'time') return { kind: 'too-complex', reason: `did not compile within ${LIMITS.timeoutMs / SECOND_MS} s` }
  if (overLimit === 'memory')
    return { kind: 'too-complex', reason: `needs more than ${LIMITS.memoryBytes / MIB_BYTES} MiB of memory to compile` }
  if (exitCode !== RULES_INVALID_EXIT_CODE)
    throw new GuardError('ENGINE_ERROR', `YARA-X failed to compile the rules: ${engineErrorText(output) || `exit code ${exitCode}`}`)
  return { kind: 'invalid', reason: `does not compile: ${output.trim()}` }
}
