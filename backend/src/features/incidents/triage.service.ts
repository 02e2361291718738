import {
  type ChangeIncident,
  type ChangeIncidents,
  INCIDENT_BULK_MAX,
  type IncidentsChanged,
  type IncidentTriage,
} from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import type { ChangedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { namesEtag } from '../../platform/http/etag.js'
import { etagOf } from './incident-columns.js'
import { incidentNotFound } from './incidents.service.js'
import { changed, type LockedIncident, type TriageChange, TriageRepository } from './triage.repository.js'

/** Changes status, resolution and assignee of incidents, with history and audit log. */
@Injectable()
export class TriageService {
  constructor(
    private readonly database: Database,
    private readonly triage: TriageRepository,
    private readonly audit: AuditRepository,
  ) {}

  /**
   * Changes one incident.
   *
   * @param ifMatch ETag on which the change is based; undefined: changes any version.
   * @throws GuardError INCIDENT_NOT_FOUND, INCIDENT_CHANGED if `ifMatch` is outdated, BODY_INVALID for an unknown assignee.
   */
  async change(incidentId: number, change: ChangeIncident, ifMatch: string | undefined, by: ChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      const resolved = await this.#withAssignee(tx, change)
      const incident = await this.#lockOne(tx, incidentId)
      if (ifMatch !== undefined && !namesEtag(ifMatch, etagOf(incident.version)))
        throw new GuardError('INCIDENT_CHANGED', 'the incident was changed or reopened in the meantime; reload it and repeat the change')
      const actor = auditActorOf(by.actor)
      const { before, after } = changeOf(incident, resolved)
      await this.triage.change(tx, [{ incidentId, before, after }], actor.name, resolved.comment ?? '')
      const details = { before, after, comment: resolved.comment ?? '' }
      await this.audit.record(tx, { actor, action: 'incident.change', target: String(incidentId), details, ...by.origin })
      await this.triage.notify(tx, [incidentId])
    })
  }

  /** @throws GuardError INCIDENT_NOT_FOUND. */
  async comment(incidentId: number, comment: string, by: ChangedBy): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.#lockOne(tx, incidentId)
      const actor = auditActorOf(by.actor)
      await this.triage.comment(tx, incidentId, actor.name, comment)
      await this.audit.record(tx, { actor, action: 'incident.comment', target: String(incidentId), details: { comment }, ...by.origin })
      await this.triage.notify(tx, [incidentId])
    })
  }

  /** Changes incidents by id, or those that match filters. Incidents that already have the new state stay unchanged. @throws GuardError BODY_INVALID for an unknown assignee. */
  changeMany({ target, change }: ChangeIncidents, by: ChangedBy): Promise<IncidentsChanged> {
    return this.database.transaction(async (tx) => {
      const resolved = await this.#withAssignee(tx, change)
      const locked = await this.triage.lock(tx, target)
      const changes = locked.map((incident) => changeOf(incident, resolved)).filter(isDifferent)
      const incidentIds = changes.map(({ incidentId }) => incidentId)
      if (changes.length > 0) {
        const actor = auditActorOf(by.actor)
        await this.triage.change(tx, changes, actor.name, resolved.comment ?? '')
        const details = { target, change: resolved, incidentIds }
        await this.audit.record(tx, { actor, action: 'incident.change-many', target: `${changes.length} incidents`, details, ...by.origin })
        await this.triage.notify(tx, incidentIds)
      }
      return { changed: changes.length, isComplete: locked.length < INCIDENT_BULK_MAX }
    })
  }

  async #lockOne(tx: Queryable, incidentId: number): Promise<LockedIncident> {
    const [incident] = await this.triage.lock(tx, { kind: 'ids', incidentIds: [incidentId] })
    if (!incident) throw incidentNotFound()
    return incident
  }

  async #withAssignee(tx: Queryable, change: ChangeIncident): Promise<ChangeIncident> {
    if (change.assignee === undefined || change.assignee === null) return change
    const assignee = await this.triage.findAssignee(tx, change.assignee)
    if (assignee === undefined) throw new GuardError('BODY_INVALID', 'invalid body: assignee: no account has this email address')
    return { ...change, assignee }
  }
}

function changeOf({ incidentId, version: _, ...before }: LockedIncident, change: ChangeIncident): TriageChange {
  return { incidentId, before, after: changed(before, change) }
}

function isDifferent({ before, after }: TriageChange): boolean {
  const names: readonly (keyof IncidentTriage)[] = ['status', 'resolution', 'assignee']
  return names.some((name) => before[name] !== after[name])
}
