import { type ApiErrorCode, permissionRule, ROLES } from '@guardimesh/contracts'
import type { Access } from '../platform/auth/access.js'
import type { DescribedRoute } from '../platform/http/described-routes.js'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const SESSION_ERRORS: readonly ApiErrorCode[] = ['SESSION_EXPIRED']
const API_KEY_ERRORS: readonly ApiErrorCode[] = ['API_KEY_UNKNOWN', 'API_KEY_REVOKED', 'API_KEY_EXPIRED', 'SCOPE_MISSING']

/** Input of a route that the framework validates. */
export interface RouteInput {
  readonly hasBody: boolean
  readonly hasQuery: boolean
}

/** Returns all error codes of a route: its own, and those of access control, body, query and the process. Pure. */
export function errorCodesOf({ access, method, errors = [] }: DescribedRoute, { hasBody, hasQuery }: RouteInput): ApiErrorCode[] {
  const kind = access?.kind ?? 'public'
  const isCookieChecked = kind !== 'scope' && !SAFE_METHODS.has(method)
  return [
    ...new Set<ApiErrorCode>([
      ...errors,
      ...(access ? accessErrors(access) : []),
      ...when(isCookieChecked, 'ORIGIN_REFUSED'),
      ...when(hasBody, 'BODY_INVALID', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'),
      ...when(hasQuery, 'QUERY_INVALID'),
      ...when(kind !== 'public', 'DATABASE_UNAVAILABLE'),
      'SHUTTING_DOWN',
      'INTERNAL',
    ]),
  ]
}

function accessErrors(access: Access): readonly ApiErrorCode[] {
  if (access.kind === 'public') return []
  if (access.kind === 'scope') return ['UNAUTHENTICATED', ...API_KEY_ERRORS]
  const { roles, scopes } = permissionRule(access.permission)
  return [
    'UNAUTHENTICATED',
    ...SESSION_ERRORS,
    ...when(roles.length < ROLES.length, 'ROLE_MISSING'),
    ...(scopes.length === 0 ? (['SESSION_REQUIRED'] as const) : API_KEY_ERRORS),
  ]
}

function when(isTrue: boolean, ...codes: ApiErrorCode[]): ApiErrorCode[] {
  return isTrue ? codes : []
}
