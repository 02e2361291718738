import { RULE_TRIAL_LIMITS, RuleTrialView, SECOND_MS, type StartRuleTrial } from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

/** Short, because the user waits for results. */
const RUNNING_INTERVAL_MS = 2 * SECOND_MS
/** The backend waits while the signature server compiles the rules and checks the golden set. */
const START_TIMEOUT_MS = RULE_TRIAL_LIMITS.verificationMs + 15 * SECOND_MS

/** @throws ApiError SIGNATURES_INVALID if the rules do not compile; its detail names the line. */
export const startRuleTrial = (trial: StartRuleTrial) =>
  callApi('/api/signatures/rule-trials', RuleTrialView, { method: 'POST', body: trial, timeoutMs: START_TIMEOUT_MS })

export const endRuleTrial = (trialId: string) => callApi(`/api/signatures/rule-trials/${trialId}`, RuleTrialView, { method: 'DELETE' })

const ruleTrialKey = (trialId: string) => ['rule-trials', trialId] as const

/** A trial with its results so far; refetched while it is running. */
export const ruleTrialQuery = (trialId: string) =>
  queryOptions({
    queryKey: ruleTrialKey(trialId),
    queryFn: ({ signal }) => callApi(`/api/signatures/rule-trials/${trialId}`, RuleTrialView, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : RUNNING_INTERVAL_MS),
  })
