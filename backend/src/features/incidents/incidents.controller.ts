import type { Readable } from 'node:stream'
import {
  ChangeIncident,
  ChangeIncidents,
  CommentOnIncident,
  IncidentAssigneeList,
  IncidentExportQuery,
  IncidentPage,
  IncidentQuery,
  IncidentsChanged,
  IncidentView,
} from '@guardimesh/contracts'
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequirePermission, RequireRead, RequireSession } from '../../platform/auth/require-scope.js'
import { ExportOperation } from '../../platform/exports/export-operation.js'
import { ExportsService } from '../../platform/exports/exports.service.js'
import { Operation } from '../../platform/http/operation.js'
import { IncidentsService, incidentNotFound } from './incidents.service.js'
import { TriageService } from './triage.service.js'

@Controller('api/incidents')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly triage: TriageService,
    private readonly exports: ExportsService,
  ) {}

  @Operation({
    summary: 'List incidents',
    description:
      'Returns incidents that match the filters, latest finding first, and their number. An incident groups the findings of one content in one cluster until 24 hours pass without a finding. Pass `nextCursor` as `cursor` to read the next page, with the same filters.',
    errors: ['CURSOR_INVALID'],
  })
  @Get()
  @RequireRead()
  @SerializeOptions({ schema: IncidentPage })
  list(@Query({ schema: IncidentQuery }) query: IncidentQuery): Promise<IncidentPage> {
    return this.incidents.list(query)
  }

  @ExportOperation('incidents')
  @RequireRead()
  export(
    @Query({ schema: IncidentExportQuery }) query: IncidentExportQuery,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.exports.open(reply, by, this.incidents.exportOf(query))
  }

  @Operation({ summary: 'List assignees', description: 'Returns the accounts that incidents can be assigned to.' })
  @Get('assignees')
  @RequireSession()
  @SerializeOptions({ schema: IncidentAssigneeList })
  assignees(): Promise<IncidentAssigneeList> {
    return this.incidents.listAssignees()
  }

  @Operation({
    summary: 'Get an incident',
    description: 'Returns an incident with its ETag, workloads, nodes and timeline.',
    errors: ['INCIDENT_NOT_FOUND'],
  })
  @Get(':incidentId')
  @RequireRead()
  @SerializeOptions({ schema: IncidentView })
  read(@Param('incidentId') incidentId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<IncidentView> {
    return this.#view(parseId(incidentId), reply)
  }

  @Operation({
    summary: 'Change an incident',
    description:
      'Changes status, resolution and assignee. Send the ETag as `If-Match` to detect changes by other users and by new findings.',
    errors: ['INCIDENT_NOT_FOUND', 'INCIDENT_CHANGED'],
  })
  @Patch(':incidentId')
  @RequirePermission('incidents:change')
  @SerializeOptions({ schema: IncidentView })
  async change(
    @Param('incidentId') incidentId: string,
    @Body({ schema: ChangeIncident }) change: ChangeIncident,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentView> {
    await this.triage.change(parseId(incidentId), change, ifMatch, by)
    return this.#view(parseId(incidentId), reply)
  }

  @Operation({
    summary: 'Comment on an incident',
    description: 'Adds a comment to the timeline of an incident.',
    errors: ['INCIDENT_NOT_FOUND'],
  })
  @Post(':incidentId/comments')
  @HttpCode(200)
  @RequirePermission('incidents:change')
  @SerializeOptions({ schema: IncidentView })
  async comment(
    @Param('incidentId') incidentId: string,
    @Body({ schema: CommentOnIncident }) { comment }: CommentOnIncident,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IncidentView> {
    await this.triage.comment(parseId(incidentId), comment, by)
    return this.#view(parseId(incidentId), reply)
  }

  @Operation({
    summary: 'Change several incidents',
    description: 'Changes status, resolution and assignee of up to 10,000 incidents, by id or by filters.',
  })
  @Post('changes')
  @HttpCode(200)
  @RequirePermission('incidents:change')
  @SerializeOptions({ schema: IncidentsChanged })
  changeMany(@Body({ schema: ChangeIncidents }) request: ChangeIncidents, @CurrentChange() by: ChangedBy): Promise<IncidentsChanged> {
    return this.triage.changeMany(request, by)
  }

  async #view(incidentId: number, reply: FastifyReply): Promise<IncidentView> {
    const view = await this.incidents.read(incidentId)
    void reply.header('etag', view.etag)
    return view
  }
}

/** @throws GuardError INCIDENT_NOT_FOUND. */
function parseId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw incidentNotFound()
  return Number(text)
}
