import { ScanPage, ScanQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { ScansService } from './scans.service.js'

@Controller('api/scans')
@RequireRead()
export class ScansController {
  constructor(private readonly scans: ScansService) {}

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
}
