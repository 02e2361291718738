import { type DynamicModule, Module } from '@nestjs/common'
import { CONSOLE_FOLDER, ConsoleController } from './console.controller.js'

/** The built console. Import it last, because it matches every path. */
@Module({})
export class ConsoleModule {}

/** The ConsoleModule for one folder; undefined serves nothing. */
export function consoleModule(folder: string | undefined): DynamicModule {
  return { module: ConsoleModule, controllers: [ConsoleController], providers: [{ provide: CONSOLE_FOLDER, useValue: folder }] }
}
