import type { ApiKeyScope } from '@guardimesh/contracts'

/**
 * Who may use a route. `public`: anybody; `session`: a person who logged in, with `administrator` only such; `scope`: an API key with that
 * scope; `read`: a person, or an API key with `console:read` or the scope that is named beside it; `manage`: an administrator, or an API key
 * with that scope.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'session'; readonly administrator: boolean }
  | { readonly kind: 'scope'; readonly scope: ApiKeyScope }
  | { readonly kind: 'read'; readonly alsoScope?: ApiKeyScope | undefined }
  | { readonly kind: 'manage'; readonly scope: ApiKeyScope }

/** Metadata key that holds the Access of a handler or a controller. */
export const ACCESS_METADATA = 'guardimesh:access'
