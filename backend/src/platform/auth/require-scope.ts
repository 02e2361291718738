import type { ApiKeyScope } from '@guardimesh/contracts'
import { SetMetadata } from '@nestjs/common'
import { ACCESS_METADATA, type Access } from './access.js'

const access = (value: Access) => SetMetadata(ACCESS_METADATA, value)

/** Restricts a route to API keys (`Authorization: Bearer gmk_…`) with this scope. */
export const RequireScope = (scope: ApiKeyScope) => access({ kind: 'scope', scope })

/** Restricts a route to logged-in users. */
export const RequireSession = () => access({ kind: 'session', administrator: false })

/** Restricts a route to logged-in administrators. */
export const RequireAdministrator = () => access({ kind: 'session', administrator: true })

/** Restricts a route to logged-in users and API keys with scope `console:read` or `alsoScope`. */
export const RequireRead = (alsoScope?: ApiKeyScope) => access({ kind: 'read', alsoScope })

/** Restricts a route to logged-in administrators and API keys with this scope. */
export const RequireAdministratorOr = (scope: ApiKeyScope) => access({ kind: 'manage', scope })

/** Makes a route public. */
export const Public = () => access({ kind: 'public' })
