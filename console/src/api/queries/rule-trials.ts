import { RULE_TRIAL_LIMITS, RuleTrialView, SECOND_MS, type StartRuleTrial } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

/** A person looks on while nodes report. */
const RUNNING_INTERVAL_MS = 2 * SECOND_MS
/** The backend waits for the signature server, which compiles and looks at the golden set. */
const START_TIMEOUT_MS = RULE_TRIAL_LIMITS.verificationMs + 15 * SECOND_MS

/** @throws ApiError SIGNATURES_INVALID, with the line in its detail, for rules that do not compile. */
export const startRuleTrial = (trial: StartRuleTrial) =>
  callApi('/api/signatures/rule-trials', RuleTrialView, { method: 'POST', body: trial, timeoutMs: START_TIMEOUT_MS })

export const endRuleTrial = (trialId: string) => callApi(`/api/signatures/rule-trials/${trialId}`, RuleTrialView, { method: 'DELETE' })

const ruleTrialKey = (trialId: string) => ['rule-trials', trialId] as const

/** A trial, and what came of it so far; asked for again while nodes look. */
export const ruleTrialQuery = (trialId: string) =>
  queryOptions({
    queryKey: ruleTrialKey(trialId),
    queryFn: ({ signal }) => callApi(`/api/signatures/rule-trials/${trialId}`, RuleTrialView, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : RUNNING_INTERVAL_MS),
  })
