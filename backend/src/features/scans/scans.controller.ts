import type { Readable } from 'node:stream'
import { ScanExportQuery, ScanPage, ScanQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { ExportOperation } from '../../platform/exports/export-operation.js'
import { ExportsService } from '../../platform/exports/exports.service.js'
import { Operation } from '../../platform/http/operation.js'
import { ScansService } from './scans.service.js'

@Controller('api/scans')
@RequireRead()
export class ScansController {
  constructor(
    private readonly scans: ScansService,
    private readonly exports: ExportsService,
  ) {}

  @Operation({
    summary: 'List scans',
    description: 'Returns scans of containers, newest first, each with up to 100 findings. `cursor` takes precedence over `offset`.',
    errors: ['CURSOR_INVALID'],
  })
  @Get()
  @SerializeOptions({ schema: ScanPage })
  list(@Query({ schema: ScanQuery }) query: ScanQuery): Promise<ScanPage> {
    return this.scans.list(query)
  }

  @ExportOperation('scans')
  export(
    @Query({ schema: ScanExportQuery }) query: ScanExportQuery,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.exports.open(reply, by, this.scans.exportOf(query))
  }
}
