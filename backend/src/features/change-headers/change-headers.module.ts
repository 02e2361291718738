import { type DynamicModule, Module } from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { ScanConfigModule } from '../scan-config/scan-config.module.js'
import { ChangeHeadersInterceptor } from './change-headers.interceptor.js'
import { ChangeHeadersService } from './change-headers.service.js'

/** Headers that notify nodes of configuration changes. */
@Module({})
export class ChangeHeadersModule {}

/** The ChangeHeadersModule, with the module of rule trials. */
export function changeHeadersModule(ruleTrials: DynamicModule): DynamicModule {
  return {
    module: ChangeHeadersModule,
    imports: [ScanConfigModule, ruleTrials],
    providers: [ChangeHeadersService, { provide: APP_INTERCEPTOR, useClass: ChangeHeadersInterceptor }],
  }
}
