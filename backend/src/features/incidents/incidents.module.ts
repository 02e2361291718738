import { Module } from '@nestjs/common'
import { IncidentRepository } from './incident.repository.js'
import { IncidentPublisher } from './incident-publisher.js'
import { IncidentsController } from './incidents.controller.js'
import { IncidentsService } from './incidents.service.js'
import { TimelineRepository } from './timeline.repository.js'
import { TriageRepository } from './triage.repository.js'
import { TriageService } from './triage.service.js'

/** Incidents, their triage and live events. Findings are assigned to them by `assignToIncidents`. */
@Module({
  controllers: [IncidentsController],
  providers: [IncidentsService, IncidentRepository, TimelineRepository, TriageService, TriageRepository, IncidentPublisher],
})
export class IncidentsModule {}
