import { GuardError } from '@guardimesh/kit'
import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common'

/** Maximum issues in an error message. */
const ISSUES_MAX = 20

type Issue = { readonly message: string; readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined }

/**
 * Validates arguments of handlers against the schema of their decorator: `@Body({ schema })`, `@Query({ schema })`, `@Param(name, { schema })`.
 * Throws BODY_INVALID, QUERY_INVALID or ROUTE_NOT_FOUND with the name of each invalid field.
 */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<Value>(value: Value, metadata: ArgumentMetadata): Promise<Value> {
    if (!metadata.schema || metadata.type === 'custom') return value
    if (Buffer.isBuffer(value)) throw new GuardError('MEDIA_TYPE_UNSUPPORTED', 'send JSON with content-type application/json')
    const result = await this.validate<Value>(value, metadata.schema)
    if (!result.issues && !hasUnstorableText(result.value)) return result.value
    const issues = result.issues ? describeIssues(result.issues) : 'a string contains a NUL character or an incomplete character'
    if (metadata.type === 'query') throw new GuardError('QUERY_INVALID', `invalid query: ${issues}`)
    if (metadata.type === 'param') throw new GuardError('ROUTE_NOT_FOUND', `path not found: ${issues}`)
    throw new GuardError('BODY_INVALID', `invalid body: ${issues}`)
  }
}

/** True if a string in the value contains NUL or an unpaired surrogate, which PostgreSQL cannot store. @param value result of a schema, so its depth is bounded. */
function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnstorableText)
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
