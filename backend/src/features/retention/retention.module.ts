import { type DynamicModule, Module } from '@nestjs/common'
import { PartitionsService } from './partitions.service.js'
import { RETENTION_DAYS, RetentionService } from './retention.service.js'
import { SweepRepository } from './sweep.repository.js'

@Module({})
class RetentionModule {}

/** Jobs that keep the database in shape; for the worker. */
export function retentionModule(retentionDays: number): DynamicModule {
  return {
    module: RetentionModule,
    providers: [PartitionsService, SweepRepository, RetentionService, { provide: RETENTION_DAYS, useValue: retentionDays }],
    exports: [RetentionService],
  }
}
