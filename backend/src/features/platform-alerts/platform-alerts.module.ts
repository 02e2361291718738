import { Module } from '@nestjs/common'
import { AlertsModule } from '../signatures/signatures.module.js'
import { PlatformFactsRepository } from './platform-facts.repository.js'
import { PlatformWatchService } from './platform-watch.service.js'

/** Alerts about nodes and coverage, for the worker. */
@Module({ imports: [AlertsModule], providers: [PlatformFactsRepository, PlatformWatchService], exports: [PlatformWatchService] })
export class PlatformAlertsModule {}
