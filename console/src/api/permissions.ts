import { type AccountView, type Permission, roleAllows } from '@guardimesh/contracts'

/** True if an account has a permission. The backend enforces it; the console hides or disables controls in advance. */
export const isAllowed = (account: AccountView | undefined, permission: Permission) =>
  account !== undefined && roleAllows(account.role, permission)
