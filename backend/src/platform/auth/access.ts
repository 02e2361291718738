import type { ApiKeyScope } from '@guardimesh/contracts'

/**
 * Access to a route. `public`: no authentication; `session`: a logged-in user, or only administrators; `scope`: an API key with the scope;
 * `read`: a logged-in user, or an API key with `console:read` or `alsoScope`; `manage`: an administrator, or an API key with the scope.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'session'; readonly administrator: boolean }
  | { readonly kind: 'scope'; readonly scope: ApiKeyScope }
  | { readonly kind: 'read'; readonly alsoScope?: ApiKeyScope | undefined }
  | { readonly kind: 'manage'; readonly scope: ApiKeyScope }

/** Metadata key of the Access of a handler or controller. */
export const ACCESS_METADATA = 'guardimesh:access'
