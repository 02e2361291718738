import { MIB_BYTES, RuleTrialId, RuleTrialList, RuleTrialView, StartRuleTrial } from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { RuleTrialsService } from './rule-trials.service.js'

/** 256 Ki characters, including JSON escapes. */
const RULES_BODY_MAX_BYTES = 2 * MIB_BYTES

/** Rule trials for users. */
@Controller('api/signatures/rule-trials')
@RequirePermission('signatures:change')
export class RuleTrialsController {
  constructor(private readonly trials: RuleTrialsService) {}

  @Operation({
    summary: 'Start a rule trial',
    description: 'Checks YARA rules against the golden set and then on all nodes, without reporting findings. Replaces the running trial.',
    errors: ['SIGNATURES_INVALID', 'RULE_TRIAL_BUSY', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Post()
  @HttpCode(202)
  @LargeJson(RULES_BODY_MAX_BYTES)
  @SerializeOptions({ schema: RuleTrialView })
  start(@Body({ schema: StartRuleTrial }) body: StartRuleTrial, @CurrentChange() by: ChangedBy): Promise<RuleTrialView> {
    return this.trials.start(body, by)
  }

  @Operation({ summary: 'List rule trials', description: 'Returns the last 20 rule trials, newest first, without their matches.' })
  @Get()
  @SerializeOptions({ schema: RuleTrialList })
  list(): Promise<RuleTrialList> {
    return this.trials.list()
  }

  @Operation({
    summary: 'Get a rule trial',
    description: 'Returns a rule trial with its matches, unscanned files, and nodes that are not done.',
    errors: ['RULE_TRIAL_NOT_FOUND'],
  })
  @Get(':trialId')
  @SerializeOptions({ schema: RuleTrialView })
  read(@Param('trialId', { schema: RuleTrialId }) trialId: string): Promise<RuleTrialView> {
    return this.trials.read(trialId)
  }

  @Operation({
    summary: 'End a rule trial',
    description: 'Ends a running trial. Its results so far are kept.',
    errors: ['RULE_TRIAL_NOT_FOUND'],
  })
  @Delete(':trialId')
  @SerializeOptions({ schema: RuleTrialView })
  end(@Param('trialId', { schema: RuleTrialId }) trialId: string, @CurrentChange() by: ChangedBy): Promise<RuleTrialView> {
    return this.trials.end(trialId, by)
  }
}
