import { MIB_BYTES, RuleTrialId, RuleTrialOrder, RuleTrialReceipt, RuleTrialReport } from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common'
import { RequireScope } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { TrialReportsService } from './trial-reports.service.js'

/** 100 matches with paths of the maximum length. */
const REPORT_MAX_BYTES = 4 * MIB_BYTES

/** Rule trials for scanners. */
@Controller('api/v1/scan')
@RequireScope('ingestion')
export class TrialReportsController {
  constructor(private readonly reports: TrialReportsService) {}

  @Operation({
    summary: 'Get the active rule trial',
    description: 'Returns the rules that scanners try now.',
    errors: ['RULE_TRIAL_NOT_FOUND'],
  })
  @Get('rule-trial')
  @SerializeOptions({ schema: RuleTrialOrder })
  order(): Promise<RuleTrialOrder> {
    return this.reports.readOrder()
  }

  @Operation({
    summary: 'Report progress of a rule trial',
    description:
      'Stores the progress and matches of one node and replaces its previous report. The response states whether the trial is still active.',
  })
  @Post('rule-trials/:trialId/reports')
  @HttpCode(200)
  @LargeJson(REPORT_MAX_BYTES)
  @SerializeOptions({ schema: RuleTrialReceipt })
  report(
    @Param('trialId', { schema: RuleTrialId }) trialId: string,
    @Body({ schema: RuleTrialReport }) body: RuleTrialReport,
  ): Promise<RuleTrialReceipt> {
    return this.reports.store(trialId, body)
  }
}
