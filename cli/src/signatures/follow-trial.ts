import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { MINUTE_MS, RULE_TRIAL_LIMITS, type RuleTrialView, SECOND_MS, StartRuleTrial } from '@guardimesh/contracts'
import { decodeText, formatCount, messageOf, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureClient } from './signature-client.js'

const POLL_INTERVAL_MS = SECOND_MS
/** Time to wait for a console that is restarting or being upgraded. */
const UNREACHABLE_TIMEOUT_MS = 2 * MINUTE_MS
const NAME_MAX_CHARS = 100

/** Reads a rule file. @throws CommandError when it is empty, too large, or not text. */
export async function readRules(path: string): Promise<StartRuleTrial> {
  const trial = { name: basename(path).slice(0, NAME_MAX_CHARS), rules: decodeRules(path, await readFile(path)) }
  if (StartRuleTrial.safeParse(trial).success) return trial
  throw new CommandError(`${path} has ${trial.rules.length} characters; 1 to ${RULE_TRIAL_LIMITS.rulesChars} are allowed.`)
}

function decodeRules(path: string, content: Buffer): string {
  try {
    return decodeText(content)
  } catch (error) {
    throw new CommandError(`${path} cannot be used: ${messageOf(error)}. Specify YARA rules as source, not compiled.`)
  }
}

/**
 * Waits until all nodes have reported, the trial has ended, or the timeout.
 *
 * @returns the last known state of the trial.
 * @throws the last error when the console is unavailable for too long.
 */
export async function followTrial(
  service: SignatureClient,
  started: RuleTrialView,
  timeoutMs: number,
  report: Report,
): Promise<RuleTrialView> {
  const endMs = performance.now() + timeoutMs
  let lastSuccessMs = performance.now()
  let trial = started
  while (trial.state === 'running' && performance.now() < endMs) {
    report(describeProgress(trial))
    await sleep(POLL_INTERVAL_MS)
    try {
      trial = await service.ruleTrial(trial.trialId)
      lastSuccessMs = performance.now()
    } catch (error) {
      if (performance.now() - lastSuccessMs > UNREACHABLE_TIMEOUT_MS) throw error
      report(`${messageOf(error)} Retrying`)
    }
  }
  return trial
}

function describeProgress({ nodes, filesScanned, hitCount }: RuleTrialView): string {
  return `${nodes.answered + nodes.failed} of ${formatCount(nodes.expected, 'node')} finished, ${formatCount(filesScanned, 'file')} scanned, ${formatCount(hitCount, 'hit')}`
}

/** Summarizes a trial: "clean" when all nodes have scanned all files and nothing matches, but not if there was nothing to scan. Pure. */
export function outcomeOf({
  state,
  golden,
  hitCount,
  openNodes,
  filesScanned,
}: RuleTrialView): 'clean' | 'not-clean' | 'nothing-inspected' {
  const hasProblem = state !== 'done' || golden.hitCount > 0 || golden.problem !== '' || hitCount > 0 || openNodes.length > 0
  if (hasProblem) return 'not-clean'
  return filesScanned === 0 ? 'nothing-inspected' : 'clean'
}

/** Describes the result of a trial. Pure. */
export function describeTrial(trial: RuleTrialView): string[] {
  const { golden, hits, hitCount, nodes, openNodes, filesScanned, state } = trial
  const lines = golden.hits.map(({ file, rule }) => `golden set  ${file}  ${rule}`)
  for (const { clusterId, nodeName, namespace, podName, containerName, path, rule } of hits)
    lines.push(`${clusterId}/${nodeName}  ${podName === '' ? containerName : `${namespace}/${podName}/${containerName}`}  ${path}  ${rule}`)
  if (hits.length < hitCount) lines.push(`${formatCount(hitCount - hits.length, 'more hit')} not listed.`)
  if (golden.problem !== '') lines.push(golden.problem)
  for (const { clusterId, nodeName, state: nodeState, problem } of openNodes)
    lines.push(`${clusterId}/${nodeName} ${NODE_WORDS[nodeState]}${problem === '' ? '' : `: ${problem}`}.`)
  if (state === 'superseded') lines.push('Another trial was started before all nodes had finished.')
  if (state === 'ended') lines.push('The trial was ended before all nodes had finished.')
  const goldenSummary = `Matches in the golden set: ${golden.hitCount} of ${formatCount(golden.files, 'file')}.`
  lines.push(
    `Matches on ${nodes.answered} of ${formatCount(nodes.expected, 'node')}: ${hitCount} of ${formatCount(filesScanned, 'file')}. ${goldenSummary}`,
  )
  if (outcomeOf(trial) === 'nothing-inspected')
    lines.push('No file of a container was inspected, so the trial is no evidence. Run it on nodes with running containers.')
  return lines
}

const NODE_WORDS = {
  failed: 'failed',
  done: 'did not scan all files',
  running: 'is still scanning',
  waiting: 'has not reported',
} as const
