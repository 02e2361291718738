import { ScanPage, ScanQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { ScansService } from './scans.service.js'

@Controller('api/scans')
@RequireRead()
export class ScansController {
  constructor(private readonly scans: ScansService) {}

  @Get()
  @SerializeOptions({ schema: ScanPage })
  list(@Query({ schema: ScanQuery }) query: ScanQuery): Promise<ScanPage> {
    return this.scans.list(query)
  }
}
