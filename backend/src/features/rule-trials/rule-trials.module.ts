import { type DynamicModule, Module } from '@nestjs/common'
import { RuleTrialRepository } from './rule-trial.repository.js'
import { RuleTrialsController } from './rule-trials.controller.js'
import { RuleTrialsService } from './rule-trials.service.js'
import { TrialNodeRepository } from './trial-node.repository.js'
import { TrialReportsController } from './trial-reports.controller.js'
import { TrialReportsService } from './trial-reports.service.js'

/** Rule trials. */
@Module({})
export class RuleTrialsModule {}

/** The RuleTrialsModule, with the module of the signature server. */
export function ruleTrialsModule(signatures: DynamicModule): DynamicModule {
  return {
    module: RuleTrialsModule,
    imports: [signatures],
    controllers: [RuleTrialsController, TrialReportsController],
    providers: [RuleTrialsService, TrialReportsService, RuleTrialRepository, TrialNodeRepository],
    exports: [TrialReportsService],
  }
}
