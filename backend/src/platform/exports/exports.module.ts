import { Global, Module } from '@nestjs/common'
import { ExportsService } from './exports.service.js'

/** Exports of lists. */
@Global()
@Module({ providers: [ExportsService], exports: [ExportsService] })
export class ExportsModule {}
