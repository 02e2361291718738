import type { ApiErrorCode } from '@guardimesh/contracts'
import { applyDecorators, SetMetadata } from '@nestjs/common'
import { ApiOperation } from '@nestjs/swagger'

/** Documentation of one route in the API reference. */
export interface OperationText {
  /** Verb phrase, such as "List findings". */
  readonly summary: string
  readonly description: string
  /** Codes that are specific to the route. Codes of access, body and query are added from the other decorators. */
  readonly errors?: readonly ApiErrorCode[]
}

/** Metadata key of the error codes of a handler. */
export const OPERATION_ERRORS_METADATA = 'guardimesh:operation-errors'

/** Metadata key of routes that forward errors of another server as plain text. */
export const PLAIN_ERRORS_METADATA = 'guardimesh:plain-errors'

/** Documents that the routes of a controller also forward errors of another server, as plain text. */
export const ForwardsPlainErrors = (): ClassDecorator => SetMetadata(PLAIN_ERRORS_METADATA, true)

/** Documents a route. The generator of openapi.json fails for a route without it. */
export const Operation = ({ summary, description, errors = [] }: OperationText): MethodDecorator =>
  applyDecorators(ApiOperation({ summary, description }), SetMetadata(OPERATION_ERRORS_METADATA, errors))
