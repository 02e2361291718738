import { type DynamicModule, Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { ScanConfigModule } from '../scan-config/scan-config.module.js'
import { ChangeHeadersInterceptor } from './change-headers.interceptor.js'
import { ChangeHeadersService } from './change-headers.service.js'

/** What every answer to a node says beside what it was asked for. */
@Module({})
export class ChangeHeadersModule {}

/** The NodeNewsModule, with the module of rule trials. */
export function changeHeadersModule(ruleTrials: DynamicModule): DynamicModule {
  return {
    module: ChangeHeadersModule,
    imports: [ScanConfigModule, ruleTrials],
    providers: [ChangeHeadersService, { provide: APP_INTERCEPTOR, useClass: ChangeHeadersInterceptor }],
  }
}
