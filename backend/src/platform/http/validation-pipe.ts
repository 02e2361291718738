import { GuardError } from '@guardimesh/kit'
import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common'

/** Issues that one answer names; a body can hold very many. */
const ISSUES_MAX = 20

type Issue = { readonly message: string; readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined }

/**
 * Checks what a handler takes against the schema of its decorator: `@Body({ schema })`, `@Query({ schema })`, `@Param(name, { schema })`.
 * Throws BODY_INVALID, QUERY_INVALID or ROUTE_NOT_FOUND that names each field.
 */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<Value>(value: Value, metadata: ArgumentMetadata): Promise<Value> {
    if (!metadata.schema || metadata.type === 'custom') return value
    if (Buffer.isBuffer(value)) throw new GuardError('MEDIA_TYPE_UNSUPPORTED', 'send JSON with content-type application/json')
    const result = await this.validate<Value>(value, metadata.schema)
    if (!result.issues && !holdsUnstorableText(result.value)) return result.value
    const issues = result.issues ? describeIssues(result.issues) : 'a text holds a NUL character, or half of a character'
    if (metadata.type === 'query') throw new GuardError('QUERY_INVALID', `the query is not right: ${issues}`)
    if (metadata.type === 'param') throw new GuardError('ROUTE_NOT_FOUND', `there is nothing at this address: ${issues}`)
    throw new GuardError('BODY_INVALID', `the body is not right: ${issues}`)
  }
}

/** True when a text in it is one that PostgreSQL cannot store: with NUL, or half of a surrogate pair. @param value as its schema made it, so its depth is bounded. */
function holdsUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnstorableText)
}

/** "limit: too big; budgets.openFiles: expected a number". */
function describeIssues(issues: readonly Issue[]): string {
  const lines = issues.slice(0, ISSUES_MAX).map(({ path, message }) => {
    const name = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return name === '' ? message : `${name}: ${message}`
  })
  if (issues.length > ISSUES_MAX) lines.push(`and ${issues.length - ISSUES_MAX} more`)
  return lines.join('; ')
}
