import { ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { Body, Controller, Get, Headers, Put, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequirePermission, RequireScope, RequireSession } from '../../platform/auth/require-scope.js'
import { namesEtag } from '../../platform/http/etag.js'
import { Operation } from '../../platform/http/operation.js'
import { ScanConfigService } from './scan-config.service.js'

@Controller('api')
export class ScanConfigController {
  constructor(private readonly scanConfig: ScanConfigService) {}

  @Operation({
    summary: 'Get the scan configuration',
    description: 'Returns the scan configuration with its ETag, and who changed it last.',
  })
  @Get('scan/config')
  @RequireSession()
  @SerializeOptions({ schema: ScanConfigView })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<ScanConfigView> {
    const view = await this.scanConfig.read()
    void reply.header('etag', view.etag)
    return view
  }

  @Operation({
    summary: 'Replace the scan configuration',
    description: 'Replaces the scan configuration. Send the ETag as `If-Match` to detect changes by other users.',
    errors: ['SCAN_CONFIG_CHANGED'],
  })
  @Put('scan/config')
  @RequirePermission('scan-config:change')
  @SerializeOptions({ schema: ScanConfigView })
  async replace(
    @Body({ schema: ScanConfig }) config: ScanConfig,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScanConfigView> {
    const view = await this.scanConfig.replace(config, ifMatch, actor, origin)
    void reply.header('etag', view.etag)
    return view
  }

  @Operation({
    summary: 'Get the scan configuration for scanners',
    description: 'Returns the scan configuration. Responds with 304 if `If-None-Match` has the current ETag.',
  })
  @Get('v1/scan/config')
  @RequireScope('ingestion')
  @SerializeOptions({ schema: ScanConfig })
  async readForScanner(
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScanConfig | undefined> {
    const { config, etag } = await this.scanConfig.read()
    void reply.headers({ etag, 'cache-control': 'no-cache' })
    if (ifNoneMatch === undefined || !namesEtag(ifNoneMatch, etag)) return config
    void reply.status(304)
    return undefined
  }
}
