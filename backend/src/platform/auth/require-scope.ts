import type { ApiKeyScope } from '@guardimesh/contracts'
import { SetMetadata } from '@nestjs/common'
import { ACCESS_METADATA, type Access } from './access.js'

const access = (value: Access) => SetMetadata(ACCESS_METADATA, value)

/** Only an API key (`Authorization: Bearer gmk_…`) with this scope may use the route. */
export const RequireScope = (scope: ApiKeyScope) => access({ kind: 'scope', scope })

/** Only a person who logged in may use the route; API keys may not. */
export const RequireSession = () => access({ kind: 'session', administrator: false })

/** Only a person who logged in and is an administrator may use the route. */
export const RequireAdministrator = () => access({ kind: 'session', administrator: true })

/** A person who logged in, or an API key with scope `console:read` (or the one that is given), may use the route. */
export const RequireRead = (alsoScope?: ApiKeyScope) => access({ kind: 'read', alsoScope })

/** An administrator who logged in, or an API key with this scope, may use the route. */
export const RequireAdministratorOr = (scope: ApiKeyScope) => access({ kind: 'manage', scope })

/** Anybody may use the route. */
export const Public = () => access({ kind: 'public' })
