import { RULE_TRIAL_LIMITS, RuleTrialGolden, SECOND_MS } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { SignatureServerClient } from './signature-server-client.js'

/** The server keeps its own bound; the network takes a moment, too. */
const TIMEOUT_MS = RULE_TRIAL_LIMITS.verificationMs + 5 * SECOND_MS

/** Lets the signature server try rules that are not in force. */
@Injectable()
export class GoldenSetCheckService {
  constructor(private readonly client: SignatureServerClient) {}

  /**
   * @param by who asked, for the server's log.
   * @returns what the rules match in the golden set.
   * @throws GuardError SIGNATURES_INVALID for rules that do not compile, RULE_TRIAL_BUSY, SIGNATURE_SERVER_UNAVAILABLE.
   */
  checkRules(rules: string, by: string): Promise<RuleTrialGolden> {
    const body = { rules }
    return this.client.call({ method: 'POST', path: 'v1/rule-trials', body, actor: by, answer: RuleTrialGolden, timeoutMs: TIMEOUT_MS })
  }
}
