import { ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { Body, Controller, Get, Headers, Put, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequireAdministrator, RequireScope, RequireSession } from '../../platform/auth/require-scope.js'
import { ScanConfigService } from './scan-config.service.js'
import { namesEtag } from './scan-config-rules.js'

@Controller('api')
export class ScanConfigController {
  constructor(private readonly scanConfig: ScanConfigService) {}

  @Get('scan/config')
  @RequireSession()
  @SerializeOptions({ schema: ScanConfigView })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<ScanConfigView> {
    const view = await this.scanConfig.read()
    void reply.header('etag', view.etag)
    return view
  }

  @Put('scan/config')
  @RequireAdministrator()
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

  /** What scanners ask for every few minutes; almost always answered by 304. */
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
