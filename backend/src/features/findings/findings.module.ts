import { Module } from '@nestjs/common'
import { SightingsModule } from '../sightings/sightings.module.js'
import { FindingRepository } from './finding.repository.js'
import { FindingsController } from './findings.controller.js'
import { FindingsService } from './findings.service.js'
import { FindingsStreamService } from './findings-stream.service.js'

/** The list of findings, one finding, and the stream of new ones. */
@Module({
  imports: [SightingsModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingRepository, FindingsStreamService],
  exports: [FindingsService],
})
export class FindingsModule {}
