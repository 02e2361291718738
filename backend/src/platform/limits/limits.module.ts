import { type DynamicModule, Global, Inject, Module } from '@nestjs/common'
import type { Limits } from '../../config/api-config.js'

/** Token of the Limits. */
const LIMITS = Symbol('limits')
export const InjectLimits = (): ParameterDecorator => Inject(LIMITS)

/** What this installation takes at most. */
@Global()
@Module({})
export class LimitsModule {}

/** The LimitsModule for some limits. */
export function limitsModule(limits: Limits): DynamicModule {
  return { module: LimitsModule, providers: [{ provide: LIMITS, useValue: limits }], exports: [LIMITS] }
}
