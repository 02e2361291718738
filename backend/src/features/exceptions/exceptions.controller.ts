import {
  ChangeException,
  CreateException,
  ExceptionPage,
  ExceptionPreview,
  ExceptionQuery,
  ExceptionView,
  PreviewException,
} from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { ExceptionsService, exceptionNotFound } from './exceptions.service.js'

@Controller('api/exceptions')
export class ExceptionsController {
  constructor(private readonly exceptions: ExceptionsService) {}

  @Operation({
    summary: 'List exceptions',
    description:
      'Returns exceptions, newest first, including expired and revoked ones. Pass `nextCursor` as `cursor` to read the next page, with the same filters.',
    errors: ['CURSOR_INVALID'],
  })
  @Get()
  @RequirePermission('exceptions:read')
  @SerializeOptions({ schema: ExceptionPage })
  list(@Query({ schema: ExceptionQuery }) query: ExceptionQuery): Promise<ExceptionPage> {
    return this.exceptions.list(query)
  }

  @Operation({ summary: 'Get an exception', description: 'Returns an exception with its hits.', errors: ['EXCEPTION_NOT_FOUND'] })
  @Get(':exceptionId')
  @RequirePermission('exceptions:read')
  @SerializeOptions({ schema: ExceptionView })
  read(@Param('exceptionId') exceptionId: string): Promise<ExceptionView> {
    return this.exceptions.read(parseId(exceptionId))
  }

  @Operation({
    summary: 'Create an exception',
    description:
      'Creates an exception. From now on, findings that match all criteria are stored and marked, but open no incident, send no notification and are left out of lists by default. Findings that are already stored do not change.',
    errors: ['EXCEPTION_TOO_BROAD', 'EXCEPTION_LIMIT_REACHED'],
  })
  @Post()
  @RequirePermission('exceptions:change')
  @SerializeOptions({ schema: ExceptionView })
  create(@Body({ schema: CreateException }) body: CreateException, @CurrentChange() by: ChangedBy): Promise<ExceptionView> {
    return this.exceptions.create(body, by)
  }

  @Operation({
    summary: 'Preview an exception',
    description: 'Returns how many findings and incidents of the last 30 days an exception with these criteria would have hidden.',
  })
  @Post('preview')
  @HttpCode(200)
  @RequirePermission('exceptions:read')
  @SerializeOptions({ schema: ExceptionPreview })
  preview(@Body({ schema: PreviewException }) { criteria }: PreviewException): Promise<ExceptionPreview> {
    return this.exceptions.preview(criteria)
  }

  @Operation({
    summary: 'Change an exception',
    description: 'Changes reason and expiry. The criteria cannot be changed: revoke the exception and create another one.',
    errors: ['EXCEPTION_NOT_FOUND', 'EXCEPTION_REVOKED', 'EXCEPTION_LIMIT_REACHED'],
  })
  @Patch(':exceptionId')
  @RequirePermission('exceptions:change')
  @SerializeOptions({ schema: ExceptionView })
  change(
    @Param('exceptionId') exceptionId: string,
    @Body({ schema: ChangeException }) body: ChangeException,
    @CurrentChange() by: ChangedBy,
  ): Promise<ExceptionView> {
    return this.exceptions.change(parseId(exceptionId), body, by)
  }

  @Operation({
    summary: 'Revoke an exception',
    description: 'Ends the effect of an exception and keeps it for the record. Revoking it again changes nothing.',
    errors: ['EXCEPTION_NOT_FOUND'],
  })
  @Post(':exceptionId/revoke')
  @HttpCode(200)
  @RequirePermission('exceptions:change')
  @SerializeOptions({ schema: ExceptionView })
  revoke(@Param('exceptionId') exceptionId: string, @CurrentChange() by: ChangedBy): Promise<ExceptionView> {
    return this.exceptions.revoke(parseId(exceptionId), by)
  }
}

/** @throws GuardError EXCEPTION_NOT_FOUND. */
function parseId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw exceptionNotFound()
  return Number(text)
}
