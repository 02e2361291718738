import { Module } from '@nestjs/common'
import { SightingsModule } from '../sightings/sightings.module.js'
import { FindingRepository } from './finding.repository.js'
import { FindingPublisher } from './finding-publisher.js'
import { FindingsController } from './findings.controller.js'
import { FindingsService } from './findings.service.js'

/** Findings and their live events. */
@Module({
  imports: [SightingsModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingRepository, FindingPublisher],
  exports: [FindingsService],
})
export class FindingsModule {}
