import { Module } from '@nestjs/common'
import { VersionController } from './version.controller.js'

/** `GET /api/v1/version`. */
@Module({ controllers: [VersionController] })
export class VersionModule {}
