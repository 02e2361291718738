import type { ApiKeyScope, Permission } from '@guardimesh/contracts'

/**
 * Access to a route. `public`: no authentication; `scope`: an API key with the scope, for scanners; `permission`: users and API keys according
 * to PERMISSIONS.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'scope'; readonly scope: ApiKeyScope }
  | { readonly kind: 'permission'; readonly permission: Permission }

/** Metadata key of the Access of a handler or controller. */
export const ACCESS_METADATA = 'guardimesh:access'
