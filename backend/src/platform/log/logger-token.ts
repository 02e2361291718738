import { Inject } from '@nestjs/common'

/** Token of the process's logger (kit's `createLogger`). */
export const LOGGER = Symbol('guardimesh logger')

/** Injects the process's logger: `constructor(@InjectLogger() private readonly log: Logger)`. */
export const InjectLogger = (): ParameterDecorator => Inject(LOGGER)
