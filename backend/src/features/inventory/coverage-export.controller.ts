import type { Readable } from 'node:stream'
import { CoverageExportQuery } from '@guardimesh/contracts'
import { Controller, Query, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { ExportOperation } from '../../platform/exports/export-operation.js'
import { ExportsService } from '../../platform/exports/exports.service.js'
import { InventoryService } from './inventory.service.js'

@Controller('api/coverage')
@RequireRead()
export class CoverageExportController {
  constructor(
    private readonly inventory: InventoryService,
    private readonly exports: ExportsService,
  ) {}

  @ExportOperation('coverage gaps')
  export(
    @Query({ schema: CoverageExportQuery }) query: CoverageExportQuery,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.exports.open(reply, by, this.inventory.exportCoverage(query))
  }
}
