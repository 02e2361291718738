import { type DynamicModule, Global, Inject, Module } from '@nestjs/common'
import type { Limits } from '../../config/api-config.js'

/** Injection token of the Limits. */
const LIMITS = Symbol('limits')
export const InjectLimits = (): ParameterDecorator => Inject(LIMITS)

/** Limits of the installation. */
@Global()
@Module({})
export class LimitsModule {}

/** The LimitsModule for these limits. */
export function limitsModule(limits: Limits): DynamicModule {
  return { module: LimitsModule, providers: [{ provide: LIMITS, useValue: limits }], exports: [LIMITS] }
}
