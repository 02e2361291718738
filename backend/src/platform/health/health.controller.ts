import { Controller, Get, Header, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { Registry } from 'prom-client'
import { Public } from '../auth/require-scope.js'
import { HealthService } from './health.service.js'

/** Probes and metrics. They are public and contain no data about findings. */
@Controller()
@Public()
@ApiExcludeController()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly registry: Registry,
  ) {}

  @Get('livez')
  @Header('content-type', 'text/plain; charset=utf-8')
  live(): string {
    return 'ok\n'
  }

  @Get('readyz')
  @Header('content-type', 'text/plain; charset=utf-8')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const missing = await this.health.missing()
    if (missing.length === 0) return 'ok\n'
    void reply.status(503)
    return `${missing.join('\n')}\n`
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.registry.metrics()
    void reply.type(this.registry.contentType)
    return text
  }
}
