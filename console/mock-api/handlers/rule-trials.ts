import { RuleTrialList, RuleTrialView, SECOND_MS, StartRuleTrial } from '@guardimesh/contracts'
import { answer, problem } from '../answer.js'
import { aRuleTrial, someTrialHits } from '../fixtures/rule-trials.js'
import type { MockCall, MockHandler, MockRoute } from './mock-route.js'

/** Scan duration of each of the two nodes. */
const NODE_MS = 2 * SECOND_MS

interface MockTrial {
  view: RuleTrialView
  rules: string
  startedAtMs: number
  isEnded: boolean
}

/** By email address; newest first. */
const trials = new WeakMap<object, Map<string, MockTrial[]>>()

function trialsOf({ db, session }: MockCall): MockTrial[] {
  const all = trials.get(db) ?? new Map<string, MockTrial[]>()
  trials.set(db, all)
  const own = all.get(session?.email ?? '') ?? []
  all.set(session?.email ?? '', own)
  return own
}

/** Returns the current state of a trial. Marked input: rules with "match-nothing" have no matches, "error-node" fails on a node. */
function viewNow({ view, rules, startedAtMs, isEnded }: MockTrial): RuleTrialView {
  const answered = Math.min(2, Math.floor((Date.now() - startedAtMs) / NODE_MS))
  const hits = rules.includes('match-nothing') || answered === 0 ? [] : someTrialHits()
  const failed = rules.includes('error-node') && answered > 0 ? 1 : 0
  const isDone = answered === 2
  const open = [
    ...(failed ? [{ nodeName: 'node-a2', state: 'failed' as const, problem: 'scanning one file took more than 10 s' }] : []),
    ...(isDone ? [] : [{ nodeName: 'node-b1', state: 'running' as const, problem: '' }]),
  ]
  return {
    ...view,
    state: isEnded ? 'ended' : isDone ? 'done' : 'running',
    endedAt: isEnded || isDone ? new Date().toISOString() : null,
    nodes: { expected: 2, answered: answered - failed, failed },
    hits,
    hitCount: hits.length,
    filesScanned: answered * 1200,
    bytesScanned: answered * 48_000_000,
    notScanned: answered === 0 ? [] : [{ reason: 'no_program', files: 5310 }],
    openNodes: open.map((node) => ({ clusterId: 'cluster-a', ...node })),
  }
}

function start(call: MockCall): Response {
  const { name, rules } = StartRuleTrial.parse(call.body)
  const line = rules.split('\n').findIndex((text) => text.includes('error-compile')) + 1
  if (line > 0) return problem('SIGNATURES_INVALID', `the rules do not compile: line ${line}: unexpected word "error-compile"`)
  const own = trialsOf(call)
  const view = aRuleTrial({ name, sizeBytes: rules.length, createdBy: call.session?.email ?? '' })
  own.unshift({ view, rules, startedAtMs: Date.now(), isEnded: false })
  return answer(RuleTrialView, viewNow(own[0] as MockTrial))
}

function withTrial(work: (trial: MockTrial) => void): MockHandler {
  return (call) => {
    const trial = trialsOf(call).find(({ view }) => view.trialId === call.parts[0])
    if (!trial) return problem('RULE_TRIAL_NOT_FOUND', 'the rule trial no longer exists')
    work(trial)
    return answer(RuleTrialView, viewNow(trial))
  }
}

function guarded(handler: MockHandler): MockHandler {
  return (call) => (call.session?.behaviour === 'viewer' ? problem('ROLE_MISSING', 'only administrators can do this') : handler(call))
}

const ONE = /^\/api\/signatures\/rule-trials\/([^/]+)$/
const ALL = /^\/api\/signatures\/rule-trials$/

export const ruleTrialRoutes: readonly MockRoute[] = [
  ['POST', ALL, guarded(start)],
  ['GET', ALL, guarded((call) => answer(RuleTrialList, { items: trialsOf(call).map(viewNow) }))],
  ['GET', ONE, guarded(withTrial(() => undefined))],
  [
    'DELETE',
    ONE,
    guarded(
      withTrial((trial) => {
        trial.isEnded = true
      }),
    ),
  ],
]
