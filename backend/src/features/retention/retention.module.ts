import { type DynamicModule, Module } from '@nestjs/common'
import { OldSightingsRepository } from './old-sightings.repository.js'
import { PartitionsService } from './partitions.service.js'
import { RETENTION_DAYS, RetentionService } from './retention.service.js'
import { SweepRepository } from './sweep.repository.js'

@Module({})
class RetentionModule {}

/** Retention jobs, for the worker. */
export function retentionModule(retentionDays: number): DynamicModule {
  return {
    module: RetentionModule,
    providers: [
      PartitionsService,
      SweepRepository,
      OldSightingsRepository,
      RetentionService,
      { provide: RETENTION_DAYS, useValue: retentionDays },
    ],
    exports: [RetentionService],
  }
}
