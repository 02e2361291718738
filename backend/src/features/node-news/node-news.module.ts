import { type DynamicModule, Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { ScanConfigModule } from '../scan-config/scan-config.module.js'
import { NodeNewsInterceptor } from './node-news.interceptor.js'
import { NodeNewsService } from './node-news.service.js'

/** What every answer to a node says beside what it was asked for. */
@Module({})
export class NodeNewsModule {}

/** The NodeNewsModule, with the module of rule trials. */
export function nodeNewsModule(ruleTrials: DynamicModule): DynamicModule {
  return {
    module: NodeNewsModule,
    imports: [ScanConfigModule, ruleTrials],
    providers: [NodeNewsService, { provide: APP_INTERCEPTOR, useClass: NodeNewsInterceptor }],
  }
}
