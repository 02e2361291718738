import type { AccountView } from '@guardimesh/contracts'

/** Permissions of an account. The backend enforces them; the console uses them to disable controls in advance. */
export const can = {
  manageApiKeys: (account: AccountView) => account.role === 'administrator',
  changeScanConfig: (account: AccountView) => account.role === 'administrator',
  changeExceptions: (account: AccountView) => account.role === 'administrator',
  changeIncidents: (account: AccountView) => account.role === 'administrator',
  changeSignatures: (account: AccountView) => account.role === 'administrator',
} as const
