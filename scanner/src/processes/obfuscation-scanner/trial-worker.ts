import { writeFileSync } from 'node:fs'
import { messageOf } from '@guardimesh/kit'
import { type RuleMatch, YaraMatcher } from './yara-matcher.js'

/** Task of the process: the first must be `compile`. */
export type TrialTask =
  | { readonly kind: 'compile'; readonly source: string }
  | { readonly kind: 'scan'; readonly content: Uint8Array; readonly fileName: string }
/** `broken`: the rules do not compile. */
export type TrialAnswer =
  | { readonly kind: 'compiled' }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'matches'; readonly matches: readonly RuleMatch[] }
  | { readonly kind: 'failed'; readonly reason: string }

/** Makes the kernel kill this process first when the container runs out of memory. */
function preferOomKill(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // With a read-only /proc the memory limit of the parent still applies.
  }
}

let matcher: YaraMatcher | undefined

function answerTo(task: TrialTask): TrialAnswer {
  if (task.kind === 'scan') {
    if (!matcher) return { kind: 'failed', reason: 'no rules were compiled' }
    return { kind: 'matches', matches: matcher.matches(task.content, task.fileName) }
  }
  matcher = new YaraMatcher([{ name: 'trial', source: task.source }])
  const [broken] = matcher.broken
  return broken ? { kind: 'broken', reason: broken.reason } : { kind: 'compiled' }
}

// The process runs the rules of a trial, one task at a time over its IPC channel, and ends with the channel.
preferOomKill()
process.on('message', (task: TrialTask) => {
  let answer: TrialAnswer
  try {
    answer = answerTo(task)
  } catch (error) {
    answer = { kind: 'failed', reason: messageOf(error).slice(0, 400) }
  }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit(0))
