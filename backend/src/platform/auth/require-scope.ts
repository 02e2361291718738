import type { ApiKeyScope, Permission } from '@guardimesh/contracts'
import { SetMetadata } from '@nestjs/common'
import { ACCESS_METADATA, type Access } from './access.js'

const access = (value: Access) => SetMetadata(ACCESS_METADATA, value)

/** Restricts a route to API keys (`Authorization: Bearer gmk_…`) with this scope. */
export const RequireScope = (scope: ApiKeyScope) => access({ kind: 'scope', scope })

/** Restricts a route to users and API keys with this permission. */
export const RequirePermission = (permission: Permission) => access({ kind: 'permission', permission })

/** Restricts a route to logged-in users. */
export const RequireSession = () => RequirePermission('session:use')

/** Restricts a route to logged-in users, and to API keys with scope `console:read`. */
export const RequireRead = () => RequirePermission('data:read')

/** Makes a route public. */
export const Public = () => access({ kind: 'public' })
