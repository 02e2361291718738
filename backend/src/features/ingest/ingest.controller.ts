import { IngestReceipt } from '@guardimesh/contracts'
import { Controller, HttpCode, Post, Req, SerializeOptions } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { RequireScope } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { IngestService } from './ingest.service.js'

/** Ingestion of scan results. */
@Controller('api/v1/scan/results')
@RequireScope('ingestion')
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @Operation({
    summary: 'Store scan results',
    description:
      'Stores scan results, findings, coverage, gaps and sightings of a node. A repeated result is stored once. Responds after the commit.',
    errors: ['PROTOBUF_INVALID', 'RESULT_INVALID', 'COMPRESSION_INVALID', 'INGEST_OVERLOADED', 'INGEST_RATE_LIMITED', 'NODE_LIMIT_REACHED'],
  })
  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: IngestReceipt })
  store(@Req() request: FastifyRequest): Promise<IngestReceipt> {
    return this.ingest.store(request)
  }
}
