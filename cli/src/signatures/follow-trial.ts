import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { MINUTE_MS, RULE_TRIAL_LIMITS, type RuleTrialView, SECOND_MS, StartRuleTrial } from '@guardimesh/contracts'
import { messageOf, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureService } from './signature-service.js'

const LOOK_MS = SECOND_MS
/** A roll-out of the console is waited for. */
const PATIENCE_MS = 2 * MINUTE_MS
const NAME_MAX_CHARS = 100

/** Reads a file of rules. @throws CommandError when it is empty, too large, or no text. */
export async function readRules(path: string): Promise<StartRuleTrial> {
  const content = await readFile(path)
  const trial = { name: basename(path).slice(0, NAME_MAX_CHARS), rules: content.toString('utf8') }
  if (!Buffer.from(trial.rules, 'utf8').equals(content))
    throw new CommandError(`${path} is not text in UTF-8. YARA rules are needed as source.`)
  if (StartRuleTrial.safeParse(trial).success) return trial
  throw new CommandError(`${path} must have 1 to ${RULE_TRIAL_LIMITS.rulesChars} characters; it has ${trial.rules.length}.`)
}

/**
 * Waits until all nodes have looked, the trial is over, or the time is.
 *
 * @returns the trial as it was seen last.
 * @throws what asking threw, when the console is away for too long.
 */
export async function followTrial(
  service: SignatureService,
  started: RuleTrialView,
  timeoutMs: number,
  report: Report,
): Promise<RuleTrialView> {
  const endMs = performance.now() + timeoutMs
  let seenMs = performance.now()
  let trial = started
  while (trial.state === 'running' && performance.now() < endMs) {
    report(describeProgress(trial))
    await sleep(LOOK_MS)
    try {
      trial = await service.ruleTrial(trial.trialId)
      seenMs = performance.now()
    } catch (error) {
      if (performance.now() - seenMs > PATIENCE_MS) throw error
      report(`${messageOf(error)} Trying again`)
    }
  }
  return trial
}

function describeProgress({ nodes, filesScanned, hitCount }: RuleTrialView): string {
  return `${nodes.answered + nodes.failed} of ${nodes.expected} nodes answered, ${filesScanned} files looked at, ${hitCount} hits`
}

/** True when all nodes looked at all that rules are given, and nothing matched. Pure. */
export function isWithoutHits({ state, golden, hitCount, openNodes }: RuleTrialView): boolean {
  return state === 'done' && golden.hitCount === 0 && golden.problem === '' && hitCount === 0 && openNodes.length === 0
}

/** What came of it, for a person. Pure. */
export function describeTrial(trial: RuleTrialView): string {
  const { golden, hits, hitCount, nodes, openNodes, filesScanned, state } = trial
  const lines = golden.hits.map(({ file, rule }) => `golden set  ${file}  ${rule}`)
  for (const { clusterId, nodeName, namespace, podName, containerName, path, rule } of hits)
    lines.push(`${clusterId}/${nodeName}  ${podName === '' ? containerName : `${namespace}/${podName}/${containerName}`}  ${path}  ${rule}`)
  if (hits.length < hitCount) lines.push(`${hitCount - hits.length} more hits are not listed.`)
  if (golden.problem !== '') lines.push(golden.problem)
  for (const { clusterId, nodeName, state: nodeState, problem } of openNodes)
    lines.push(`${clusterId}/${nodeName} ${NODE_WORDS[nodeState]}${problem === '' ? '' : `: ${problem}`}.`)
  if (state === 'superseded') lines.push('Another trial was started before all nodes had answered.')
  if (state === 'ended') lines.push('The trial was ended before all nodes had answered.')
  const golds = `${golden.hitCount} of ${golden.files} harmless files of the golden set match`
  lines.push(`${hitCount} of ${filesScanned} files on ${nodes.answered} of ${nodes.expected} nodes match; ${golds}.`)
  // Names come from containers: none of them moves the cursor of whoever reads this.
  return lines.map((line) => `${line.replace(/[\p{Cc}\p{Cf}]/gu, '?')}\n`).join('')
}

const NODE_WORDS = {
  failed: 'could not try the rules',
  done: 'has not looked at everything',
  running: 'is still looking',
  waiting: 'has not answered',
} as const
