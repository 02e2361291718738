import { Module } from '@nestjs/common'
import { ScanRepository } from './scan.repository.js'
import { ScansController } from './scans.controller.js'
import { ScansService } from './scans.service.js'

/** The list of scans. */
@Module({ controllers: [ScansController], providers: [ScansService, ScanRepository] })
export class ScansModule {}
