import type { ApiErrorCode } from '@guardimesh/contracts'
import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common'
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import { CLASS_SERIALIZER_OPTIONS } from '@nestjs/common/serializer/class-serializer.constants.js'
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core'
import type { z } from 'zod'
import { ACCESS_METADATA, type Access } from '../auth/access.js'
import { OPERATION_ERRORS_METADATA, PLAIN_ERRORS_METADATA } from './operation.js'

/** A route as its decorators describe it. */
export interface DescribedRoute {
  /** "GET", "POST", … */
  readonly method: string
  /** With a leading slash; parameters as `:name`. */
  readonly path: string
  /** Undefined without an access decorator: AccessGuard denies access then. */
  readonly access: Access | undefined
  /** HTTP status of success. */
  readonly status: number
  /** Schema of the response; undefined without a JSON response. */
  readonly answer: z.ZodType | undefined
  /** Error codes of `@Operation`; undefined without that decorator. */
  readonly errors: readonly ApiErrorCode[] | undefined
  /** True if the route also forwards errors of another server, as plain text. */
  readonly hasPlainErrors: boolean
}

/** Lists all routes of an application from their decorators. */
export function describedRoutes(app: INestApplicationContext): DescribedRoute[] {
  const scanner = new MetadataScanner()
  const reflector = new Reflector()
  const controllers = new Set<Type>()
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) controllers.add(metatype as Type)
  return [...controllers].flatMap((controller) =>
    scanner
      .getAllMethodNames(controller.prototype)
      .map((name) => Reflect.get(controller.prototype, name) as () => unknown)
      .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
      .map((handler) => describe(reflector, controller, handler)),
  )
}

function describe(reflector: Reflector, controller: Type, handler: () => unknown): DescribedRoute {
  const method = RequestMethod[reflector.get<RequestMethod>(METHOD_METADATA, handler)] ?? ''
  const parts = [reflector.get<string>(PATH_METADATA, controller), reflector.get<string>(PATH_METADATA, handler)]
  const options = reflector.get<{ schema?: z.ZodType } | undefined>(CLASS_SERIALIZER_OPTIONS, handler)
  return {
    method,
    path: `/${parts.flatMap((part) => part.split('/').filter((name) => name !== '')).join('/')}`,
    access: reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [handler, controller]),
    status: reflector.get<number | undefined>(HTTP_CODE_METADATA, handler) ?? (method === 'POST' ? 201 : 200),
    answer: options?.schema,
    errors: reflector.get<readonly ApiErrorCode[] | undefined>(OPERATION_ERRORS_METADATA, handler),
    hasPlainErrors: reflector.get<boolean | undefined>(PLAIN_ERRORS_METADATA, controller) ?? false,
  }
}
