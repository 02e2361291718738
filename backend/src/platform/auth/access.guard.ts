import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { ACCESS_METADATA, type Access } from './access.js'
import { AccessChecker } from './access-checker.js'

/**
 * Denies access to routes without an access decorator. The check of a request usually happened before its body was read (`addAccessHook`);
 * the guard repeats it for requests that the hook did not see.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly checker: AccessChecker,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [context.getHandler(), context.getClass()])
    if (!access) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no access decorator`)
    await this.checker.check(context.switchToHttp().getRequest<FastifyRequest>(), access)
    return true
  }
}
