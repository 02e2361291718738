import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { YaraSource } from '@guardimesh/signature-format'
import { serveTasks } from '../../engines/process-worker.js'
import { detectPackedCode } from './detect-packed-code.js'
import { entropyBits } from './entropy.js'
import { preferOomKill } from './prefer-oom-kill.js'
import { type Unpacked, unpack } from './unpack/unpack.js'
import { type BrokenRuleFile, type RuleMatch, YaraMatcher } from './yara-matcher.js'

interface ContentTask {
  readonly kind: 'scan' | 'match'
  readonly content: Uint8Array
  readonly fileName: string
}

interface UnpackTask {
  readonly kind: 'unpack'
  readonly content: Uint8Array
}

/**
 * Task of the process: to scan a content, to apply only the rules to it, to unpack it, to report the broken rule files, or to run the
 * self-check.
 */
export type YaraTask = ContentTask | UnpackTask | { readonly kind: 'load' } | { readonly kind: 'self-check' }

export interface YaraResult {
  readonly matches: readonly RuleMatch[]
  readonly entropyBits: number
  readonly broken: readonly BrokenRuleFile[]
  /** Set by the task to unpack. */
  readonly unpacked?: Unpacked
}

async function answerTo(matcher: YaraMatcher, task: YaraTask): Promise<YaraResult> {
  if (task.kind === 'scan' || task.kind === 'match') return scan(matcher, task)
  if (task.kind === 'unpack') {
    const unpacked = await unpack(bufferOf(task.content), IPC_LIMITS.obfuscationContentBytes)
    return { matches: [], entropyBits: 0, broken: matcher.broken, unpacked }
  }
  if (task.kind === 'self-check') matcher.checkItself()
  return { matches: [], entropyBits: 0, broken: matcher.broken }
}

function scan(matcher: YaraMatcher, { kind, content, fileName }: ContentTask): YaraResult {
  const { broken } = matcher
  const matches = matcher.matches(content, fileName)
  if (kind === 'match') return { matches, entropyBits: 0, broken }
  const bytes = bufferOf(content)
  const packed = detectPackedCode(bytes)
  return { matches: packed ? [...matches, { ...packed, engine: 'entropy' }] : matches, entropyBits: entropyBits(bytes), broken }
}

/** Messages turn a Buffer into a Uint8Array. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

preferOomKill()
serveTasks((files: readonly YaraSource[]) => {
  const matcher = new YaraMatcher(files)
  return (task: YaraTask) => answerTo(matcher, task)
})
