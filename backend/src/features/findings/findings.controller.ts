import type { Readable } from 'node:stream'
import { FacetQuery, FacetValues, FindingExportQuery, FindingPage, FindingQuery, FindingView, StreamQuery } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Controller, Get, Header, Param, Query, Req, Res, SerializeOptions } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { requiredActorOf } from '../../platform/auth/actor.js'
import { credentialsOf } from '../../platform/auth/credentials.js'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { EventHub } from '../../platform/events/event-hub.js'
import { ExportOperation } from '../../platform/exports/export-operation.js'
import { ExportsService } from '../../platform/exports/exports.service.js'
import { Operation } from '../../platform/http/operation.js'
import { FacetRepository } from './facet.repository.js'
import { FindingsService } from './findings.service.js'
import { matchesStream } from './matches-filters.js'

@Controller('api/findings')
@RequireRead()
export class FindingsController {
  constructor(
    private readonly findings: FindingsService,
    private readonly facets: FacetRepository,
    private readonly events: EventHub,
    private readonly exports: ExportsService,
  ) {}

  @Operation({
    summary: 'List findings',
    description:
      'Returns findings that match the filters, newest first or by `sort`, and their number on the first page. Pass `nextCursor` as `cursor` to read the next page, with the same filters.',
    errors: ['CURSOR_INVALID'],
  })
  @Get()
  @SerializeOptions({ schema: FindingPage })
  list(@Query({ schema: FindingQuery }) query: FindingQuery): Promise<FindingPage> {
    return this.findings.list(query)
  }

  @ExportOperation('findings')
  export(
    @Query({ schema: FindingExportQuery }) query: FindingExportQuery,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.exports.open(reply, by, this.findings.exportOf(query))
  }

  @Operation({
    summary: 'List values of a filter',
    description:
      'Returns the most frequent values of a filter among the newest 50,000 findings that match the other filters, with their numbers.',
  })
  @Get('facets')
  @SerializeOptions({ schema: FacetValues })
  listFacets(@Query({ schema: FacetQuery }) query: FacetQuery): Promise<FacetValues> {
    const { facet, text = '', ...filters } = query
    return this.facets.list(facet, filters, text)
  }

  @Operation({
    summary: 'Stream events',
    description:
      'Sends Server-Sent Events: `finding` with a finding that matches the filters, `incident` with an incident that was opened or changed, `signatures` after a change of signatures, rollouts, alerts or rule trials, and `resync` if the client missed events and must read everything again. `events` selects event types.',
    errors: ['STREAM_LIMIT_REACHED'],
  })
  @Get('stream')
  @ApiProduces('text/event-stream')
  @Header('content-type', 'text/event-stream; charset=utf-8')
  // Otherwise nginx delays events until its buffer is full.
  @Header('x-accel-buffering', 'no')
  stream(@Query({ schema: StreamQuery }) query: StreamQuery, @Req() request: FastifyRequest): Readable {
    const identity = credentialsOf(request)
    if (identity.kind === 'none') throw new GuardError('UNAUTHENTICATED', 'not logged in')
    return this.events.open({
      accepts: (event) => matchesStream(event, query),
      identity,
      actor: requiredActorOf(request),
      isReconnect: request.headers['last-event-id'] !== undefined,
    })
  }

  @Operation({
    summary: 'Get a finding',
    description: 'Returns a finding with its process, file, explanation and the history of its content.',
    errors: ['FINDING_NOT_FOUND'],
  })
  @Get(':findingId')
  @SerializeOptions({ schema: FindingView })
  read(@Param('findingId') findingId: string): Promise<FindingView> {
    return this.findings.read(findingId)
  }
}
