import { type DynamicModule, Module } from '@nestjs/common'
import { AccountsModule } from './accounts.module.js'
import { FIRST_ADMINISTRATOR, FirstAdministrator, type FirstAdministratorSettings } from './first-administrator.js'

/** Creates the first administrator when the process starts. */
@Module({})
export class FirstAdministratorModule {}

/** The FirstAdministratorModule for one process. */
export function firstAdministratorModule(settings: FirstAdministratorSettings): DynamicModule {
  return {
    module: FirstAdministratorModule,
    imports: [AccountsModule],
    providers: [{ provide: FIRST_ADMINISTRATOR, useValue: settings }, FirstAdministrator],
  }
}
