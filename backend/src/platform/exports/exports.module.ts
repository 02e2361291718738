import { Global, Module } from '@nestjs/common'
import { ExportsService } from './exports.service.js'
import { OpenExports } from './open-exports.js'

/** Exports of lists. */
@Global()
@Module({ providers: [ExportsService, OpenExports], exports: [ExportsService] })
export class ExportsModule {}
