import { Module } from '@nestjs/common'
import { ScanConfigController } from './scan-config.controller.js'
import { ScanConfigRepository } from './scan-config.repository.js'
import { ScanConfigService } from './scan-config.service.js'

/** Configuration of the scanners. */
@Module({ controllers: [ScanConfigController], providers: [ScanConfigService, ScanConfigRepository], exports: [ScanConfigService] })
export class ScanConfigModule {}
