import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyReply } from 'fastify'
import type { Observable } from 'rxjs'
import { ACCESS_METADATA, type Access } from '../../platform/auth/access.js'
import { ChangeHeadersService } from './change-headers.service.js'

/** Adds the change headers to responses of all routes for nodes. */
@Injectable()
export class ChangeHeadersInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly changes: ChangeHeadersService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [context.getHandler(), context.getClass()])
    if (access?.kind === 'scope' && access.scope === 'ingestion')
      void context.switchToHttp().getResponse<FastifyReply>().headers(this.changes.headers())
    return next.handle()
  }
}
