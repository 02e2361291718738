import { z } from 'zod'
import type { ApiKeyScope } from './api-keys.js'

/** Roles of users, least privileges first. */
export const ROLES = ['viewer', 'analyst', 'signature_manager', 'administrator'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** Users and programs that may perform an operation. */
interface PermissionRule {
  readonly roles: readonly Role[]
  /** An API key needs one of these scopes; without any, API keys are not allowed. */
  readonly scopes: readonly ApiKeyScope[]
}

const EVERYBODY = ROLES

/**
 * The permissions of users and API keys, and nothing else: the backend enforces this table for each route, and the console hides what it does
 * not allow. Routes of scanners need an API key with the scope `ingestion` and are not listed.
 */
export const PERMISSIONS = {
  /** The own account, its sessions, and other data that needs a login. */
  'session:use': { roles: EVERYBODY, scopes: [] },
  /** Findings, incidents, scans, coverage, inventory and the event stream. */
  'data:read': { roles: EVERYBODY, scopes: ['console:read'] },
  'incidents:change': { roles: ['analyst', 'administrator'], scopes: [] },
  'exceptions:read': { roles: EVERYBODY, scopes: ['console:read', 'exceptions:write'] },
  'exceptions:change': { roles: ['analyst', 'administrator'], scopes: ['exceptions:write'] },
  'signatures:read': { roles: EVERYBODY, scopes: ['console:read', 'signatures:write'] },
  /** Import, roll out, roll back, custom signatures, rule trials, settings. */
  'signatures:change': { roles: ['signature_manager', 'administrator'], scopes: ['signatures:write'] },
  /** Search earlier sightings for hashes that are not signatures yet. */
  'signatures:dry-run': { roles: ['analyst', 'signature_manager', 'administrator'], scopes: [] },
  'scan-config:change': { roles: ['administrator'], scopes: [] },
  /** Users, invitations and their sessions. */
  'accounts:manage': { roles: ['administrator'], scopes: [] },
  'audit:read': { roles: ['administrator'], scopes: ['audit:read'] },
  'api-keys:change': { roles: ['administrator'], scopes: [] },
  'notifications:manage': { roles: ['administrator'], scopes: [] },
} as const satisfies Record<string, PermissionRule>

/** Operation of the API that needs a permission. */
export type Permission = keyof typeof PERMISSIONS

/** Returns the roles and scopes with a permission. Pure. */
export function permissionRule(permission: Permission): PermissionRule {
  return PERMISSIONS[permission]
}

/** True if users with the role have the permission. Pure. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return permissionRule(permission).roles.includes(role)
}
