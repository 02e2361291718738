import { RULE_TRIAL_LIMITS, RuleTrialGolden, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { SignatureServerClient } from './signature-server-client.js'

/** Timeout of the server plus network latency. */
const TIMEOUT_MS = RULE_TRIAL_LIMITS.verificationMs + 5 * SECOND_MS

/** Runs rules on the golden set of the signature server. */
@Injectable()
export class GoldenSetCheckService {
  constructor(private readonly client: SignatureServerClient) {}

  /**
   * Compiles rules and runs them on the golden set.
   *
   * @param by author, for the server's log.
   * @throws GuardError SIGNATURES_INVALID for rules that do not compile, RULE_TRIAL_BUSY, SIGNATURE_SERVER_UNAVAILABLE.
   */
  checkRules(rules: string, by: string): Promise<RuleTrialGolden> {
    const body = { rules }
    return this.client.call({ method: 'POST', path: 'v1/rule-trials', body, actor: by, answer: RuleTrialGolden, timeoutMs: TIMEOUT_MS })
  }
}
