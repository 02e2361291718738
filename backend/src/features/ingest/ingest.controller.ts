import { IngestReceipt } from '@guardimesh/contracts'
import { Controller, HttpCode, Post, Req, SerializeOptions } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { RequireScope } from '../../platform/auth/require-scope.js'
import { IngestService } from './ingest.service.js'

/** Where nodes report to. */
@Controller('api/v1/scan/results')
@RequireScope('ingestion')
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: IngestReceipt })
  store(@Req() request: FastifyRequest): Promise<IngestReceipt> {
    return this.ingest.store(request)
  }
}
