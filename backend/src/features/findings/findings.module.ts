import { Module } from '@nestjs/common'
import { SightingsModule } from '../sightings/sightings.module.js'
import { FacetRepository } from './facet.repository.js'
import { FindingRepository } from './finding.repository.js'
import { FindingPublisher } from './finding-publisher.js'
import { FindingsController } from './findings.controller.js'
import { FindingsService } from './findings.service.js'

/** Findings and their live events. */
@Module({
  imports: [SightingsModule],
  controllers: [FindingsController],
  providers: [FindingsService, FindingRepository, FacetRepository, FindingPublisher],
  exports: [FindingsService],
})
export class FindingsModule {}
