import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer, WorkerTask } from '../../engines/worker-pool.js'
import { detectPackedCode } from './detect-packed-code.js'
import { entropyBits } from './entropy.js'
import type { RuleFile } from './rule-files.js'
import { type BrokenRuleFile, MAX_REASON_CHARS, type RuleMatch, YaraMatcher } from './yara-matcher.js'

/** Task of the thread: to scan a content, or to report the broken rule files. */
export type YaraTask = { readonly kind: 'scan'; readonly content: Uint8Array; readonly fileName: string } | { readonly kind: 'check' }

export interface YaraResult {
  readonly matches: readonly RuleMatch[]
  readonly entropyBits: number
  readonly broken: readonly BrokenRuleFile[]
}

const matcher = new YaraMatcher(workerData as readonly RuleFile[])
const { broken } = matcher

function scan(content: Buffer, fileName: string): readonly RuleMatch[] {
  const matches = matcher.matches(content, fileName)
  const entropy = detectPackedCode(content)
  return entropy ? [...matches, { ...entropy, engine: 'entropy' }] : matches
}

function answerOf(task: YaraTask): YaraResult {
  if (task.kind === 'check') return { matches: [], entropyBits: 0, broken }
  // Structured clone turns a Buffer into a Uint8Array.
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
