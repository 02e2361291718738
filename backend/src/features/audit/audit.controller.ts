import type { Readable } from 'node:stream'
import { AuditExportQuery, AuditPage, AuditQuery, AuditVerification, AuditVerifyQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { ExportOperation } from '../../platform/exports/export-operation.js'
import { ExportsService } from '../../platform/exports/exports.service.js'
import { Operation } from '../../platform/http/operation.js'
import { AuditService } from './audit.service.js'

@Controller('api/audit')
@RequirePermission('audit:read')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly exports: ExportsService,
  ) {}

  @Operation({
    summary: 'List audit log entries',
    description: 'Returns changes, logins, failures and exports with their authors, newest first, and their number on the first page.',
    errors: ['CURSOR_INVALID'],
  })
  @Get()
  @SerializeOptions({ schema: AuditPage })
  list(@Query({ schema: AuditQuery }) query: AuditQuery): Promise<AuditPage> {
    return this.audit.list(query)
  }

  @ExportOperation('audit log entries')
  export(
    @Query({ schema: AuditExportQuery }) query: AuditExportQuery,
    @CurrentChange() by: ChangedBy,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return this.exports.open(reply, by, this.audit.exportOf(query))
  }

  @Operation({
    summary: 'Verify the audit log',
    description:
      'Computes the hashes of all entries and returns the first one that was changed or deleted. With `position` and `hash` of an earlier result, it also detects that the whole log was replaced or its end was deleted.',
  })
  @Get('verify')
  @SerializeOptions({ schema: AuditVerification })
  verify(@Query({ schema: AuditVerifyQuery }) query: AuditVerifyQuery): Promise<AuditVerification> {
    return this.audit.verify(query)
  }
}
