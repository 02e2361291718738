import { InventoryReceipt } from '@guardimesh/contracts'
import { Controller, HttpCode, Post, Req, SerializeOptions } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { RequireScope } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { PodLogsService } from './pod-logs.service.js'

/** Ingestion of the pod inventory. */
@Controller('api/v1/pods/logs')
@RequireScope('ingestion')
export class PodLogsController {
  constructor(private readonly podLogs: PodLogsService) {}

  @Operation({
    summary: 'Store the pod inventory',
    description:
      'Stores the pods and the scanner status of a node. With `complete`, pods that are missing from the report are marked as deleted.',
    errors: ['PROTOBUF_INVALID', 'RESULT_INVALID', 'COMPRESSION_INVALID', 'INGEST_OVERLOADED'],
  })
  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: InventoryReceipt })
  store(@Req() request: FastifyRequest): Promise<InventoryReceipt> {
    return this.podLogs.store(request)
  }
}
