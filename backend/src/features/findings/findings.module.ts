import { Module } from '@nestjs/common'
import { SightingsModule } from '../sightings/sightings.module.js'
import { FindingRepository } from './finding.repository.js'
import { FindingPublisher } from './finding-publisher.js'
import { FindingsController } from './findings.controller.js'
import { FindingsService } from './findings.service.js'

/** The list of findings, one finding, and the stream of new ones. */
@Module({
  imports: [SightingsModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingRepository, FindingPublisher],
  exports: [FindingsService],
})
export class FindingsModule {}
