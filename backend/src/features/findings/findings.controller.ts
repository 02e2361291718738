import type { Readable } from 'node:stream'
import { FindingPage, FindingQuery, FindingView, StreamQuery } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Controller, Get, Header, Param, Query, Req, SerializeOptions } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { credentialsOf } from '../../platform/auth/credentials.js'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { EventHub } from '../../platform/events/event-hub.js'
import { FindingsService } from './findings.service.js'
import { matchesStream } from './matches-filters.js'

@Controller('api/findings')
@RequireRead()
export class FindingsController {
  constructor(
    private readonly findings: FindingsService,
    private readonly events: EventHub,
  ) {}

  @Get()
  @SerializeOptions({ schema: FindingPage })
  list(@Query({ schema: FindingQuery }) query: FindingQuery): Promise<FindingPage> {
    return this.findings.list(query)
  }

  @Get('stream')
  @ApiProduces('text/event-stream')
  @Header('content-type', 'text/event-stream; charset=utf-8')
  // nginx would otherwise hold events back until its buffer is full.
  @Header('x-accel-buffering', 'no')
  stream(@Query({ schema: StreamQuery }) query: StreamQuery, @Req() request: FastifyRequest): Readable {
    const identity = credentialsOf(request)
    if (identity.kind === 'none') throw new GuardError('UNAUTHENTICATED', 'log in first')
    return this.events.open({
      accepts: (event) => matchesStream(event, query),
      identity,
      isReconnect: request.headers['last-event-id'] !== undefined,
    })
  }

  @Get(':findingId')
  @SerializeOptions({ schema: FindingView })
  read(@Param('findingId') findingId: string): Promise<FindingView> {
    return this.findings.read(findingId)
  }
}
