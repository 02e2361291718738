import { Inject } from '@nestjs/common'

/** Injection token of the logger of the process (`createLogger` of kit). */
export const LOGGER = Symbol('guardimesh logger')

/** Injects the logger of the process: `constructor(@InjectLogger() private readonly log: Logger)`. */
export const InjectLogger = (): ParameterDecorator => Inject(LOGGER)
