import type { ApiErrorCode } from '@guardimesh/contracts'
import type { Access } from '../platform/auth/access.js'
import type { DescribedRoute } from '../platform/http/described-routes.js'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const SESSION_ERRORS: readonly ApiErrorCode[] = ['SESSION_EXPIRED']
const API_KEY_ERRORS: readonly ApiErrorCode[] = ['API_KEY_UNKNOWN', 'API_KEY_REVOKED', 'SCOPE_MISSING']
const ERRORS_OF_ACCESS: Readonly<Record<Access['kind'], readonly ApiErrorCode[]>> = {
  public: [],
  session: ['UNAUTHENTICATED', ...SESSION_ERRORS, 'SESSION_REQUIRED'],
  scope: ['UNAUTHENTICATED', ...API_KEY_ERRORS],
  read: ['UNAUTHENTICATED', ...SESSION_ERRORS, ...API_KEY_ERRORS],
  manage: ['UNAUTHENTICATED', ...SESSION_ERRORS, 'ROLE_MISSING', ...API_KEY_ERRORS],
}

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
      ...ERRORS_OF_ACCESS[kind],
      ...when(access?.kind === 'session' && access.administrator, 'ROLE_MISSING'),
      ...when(isCookieChecked, 'ORIGIN_REFUSED'),
      ...when(hasBody, 'BODY_INVALID', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'),
      ...when(hasQuery, 'QUERY_INVALID'),
      ...when(kind !== 'public', 'DATABASE_UNAVAILABLE'),
      'SHUTTING_DOWN',
      'INTERNAL',
    ]),
  ]
}

function when(isTrue: boolean, ...codes: ApiErrorCode[]): ApiErrorCode[] {
  return isTrue ? codes : []
}
