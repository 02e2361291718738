import { z } from 'zod'
import { ListTotal, Moment, PageQuery, pageOf } from './page.js'
import { TextFilter } from './text-filter.js'

/** Authors of audit log entries. `anonymous`: a login that failed. */
export const AUDIT_ACTOR_KINDS = ['account', 'api_key', 'system', 'anonymous'] as const
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number]

export const AUDIT_RESULTS = ['success', 'failure'] as const
export type AuditResult = (typeof AUDIT_RESULTS)[number]

/** Filters of `GET /api/audit` and its export. */
export const AuditFilters = z.object({
  actor: TextFilter.describe('Name of the author'),
  action: TextFilter.describe('Such as `api-key.create`'),
  target: TextFilter.describe('The changed object'),
  result: z.enum(AUDIT_RESULTS).optional(),
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Text in author, action, target, address, request id or details; ignores case'),
  since: Moment.optional(),
  until: Moment.optional(),
})
export type AuditFilters = z.infer<typeof AuditFilters>

export const AuditQuery = AuditFilters.extend(PageQuery.shape)
export type AuditQuery = z.infer<typeof AuditQuery>

const Json = z.json()

/** An entry of the audit log. */
export const AuditEntryView = z.object({
  position: z.number().int().describe('Number of the entry in the order of commits'),
  at: z.iso.datetime(),
  actorKind: z.enum(AUDIT_ACTOR_KINDS),
  actorId: z.string().describe('Account or key; empty for the system and for failed logins'),
  actorName: z.string().describe('Name at that time'),
  action: z.string(),
  target: z.string().describe('The changed object; may be empty'),
  result: z.enum(AUDIT_RESULTS),
  clientIp: z.string().describe('Empty for the system'),
  requestId: z.string().describe('Empty for the system'),
  before: Json.nullable().describe('State before a change; null if it is not recorded'),
  after: Json.nullable().describe('State after a change; null if it is not recorded'),
  details: z.record(z.string(), Json).describe('Other facts; never secrets'),
  hash: z.string().describe('SHA-256 of the hash of the previous entry and the content of this one'),
})
export type AuditEntryView = z.infer<typeof AuditEntryView>

export const AuditPage = pageOf(AuditEntryView).extend(ListTotal)
export type AuditPage = z.infer<typeof AuditPage>

/** Query of `GET /api/audit/verify`. */
export const AuditVerifyQuery = z
  .object({
    position: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must have 64 hexadecimal digits')
      .optional(),
  })
  .refine(({ position, hash }) => (position === undefined) === (hash === undefined), 'position and hash belong together')
  .describe('Last entry of an earlier verification; reveals that the whole chain was replaced')
export type AuditVerifyQuery = z.infer<typeof AuditVerifyQuery>

/** Result of `GET /api/audit/verify`. */
export const AuditVerification = z.object({
  isIntact: z.boolean(),
  entries: z.number().int().describe('Verified entries'),
  firstPosition: z.number().int().nullable().describe('null without entries'),
  lastPosition: z.number().int().nullable().describe('Last verified entry; null without entries'),
  lastHash: z.string().nullable().describe('Hash of the last verified entry; keep it outside of the installation'),
  broken: z
    .object({ position: z.number().int(), reason: z.enum(['changed', 'missing', 'replaced']), explanation: z.string() })
    .nullable()
    .describe('The first entry that is not as it was written; null if the log is intact'),
})
export type AuditVerification = z.infer<typeof AuditVerification>
