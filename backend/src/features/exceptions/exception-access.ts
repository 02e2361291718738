import { RequireAdministratorOr, RequireRead } from '../../platform/auth/require-scope.js'

/** Who may read and preview exceptions. */
export const RequireExceptionRead = () => RequireRead('exceptions:write')

/** Who may create, change and revoke exceptions. */
export const RequireExceptionWrite = () => RequireAdministratorOr('exceptions:write')
