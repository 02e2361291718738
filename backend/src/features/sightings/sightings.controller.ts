import { HashDryRun, HashDryRunResult, MIB_BYTES, SightingList, SightingQuery } from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Post, Query, SerializeOptions } from '@nestjs/common'
import { RequirePermission, RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { SightingsService } from './sightings.service.js'

/** 50,000 SHA-256 hashes as JSON take 3.4 MB. */
const DRY_RUN_MAX_BYTES = 4 * MIB_BYTES

@Controller('api')
export class SightingsController {
  constructor(private readonly sightings: SightingsService) {}

  @Operation({
    summary: 'List sightings of a file',
    description: 'Returns the containers and paths in which a file with this SHA-256 or MD5 was seen, oldest first, up to 1,000.',
  })
  @Get('sightings')
  @RequireRead()
  @SerializeOptions({ schema: SightingList })
  list(@Query({ schema: SightingQuery }) query: SightingQuery): Promise<SightingList> {
    return this.sightings.list(query)
  }

  @Operation({
    summary: 'Test hashes against sightings',
    description: 'Returns which hashes match earlier sightings, without changing anything.',
  })
  @Post('signatures/dry-run')
  @HttpCode(200)
  @RequirePermission('signatures:dry-run')
  @LargeJson(DRY_RUN_MAX_BYTES)
  @SerializeOptions({ schema: HashDryRunResult })
  dryRun(@Body({ schema: HashDryRun }) { hashes }: HashDryRun): Promise<HashDryRunResult> {
    return this.sightings.dryRun(hashes)
  }
}
