import { z } from 'zod'
import { FindingSummary } from './findings.js'
import { oneOrMany, PageQuery, pageOf } from './page.js'

/** Validity of an exception whose request names none. */
export const EXCEPTION_DAYS_DEFAULT = 30
/** Maximum validity, unless an exception never expires. */
export const EXCEPTION_DAYS_MAX = 365
/** Maximum active exceptions, which every finding is compared with. */
export const EXCEPTIONS_MAX = 1000
/** An active exception without a hit for this long matches nothing. */
export const EXCEPTION_UNUSED_DAYS = 7
/** Period of a preview. */
export const EXCEPTION_PREVIEW_DAYS = 30
/** Maximum findings that a preview counts. */
export const EXCEPTION_PREVIEW_MAX = 100_000
/** Maximum samples of a preview. */
export const EXCEPTION_SAMPLES_MAX = 10
/** A shorter reason explains nothing. */
export const EXCEPTION_REASON_MIN_LENGTH = 10
export const EXCEPTION_REASON_MAX_LENGTH = 1000

/** Limits the cost of a comparison. */
const WILDCARDS_MAX = 10

export const EXCEPTION_STATES = ['active', 'expired', 'revoked'] as const
export type ExceptionState = (typeof EXCEPTION_STATES)[number]

/** Names of criteria, the most specific first. */
export const EXCEPTION_CRITERIA = ['sha256', 'signature', 'path', 'image', 'workload', 'namespace', 'cluster'] as const
export type ExceptionCriterion = (typeof EXCEPTION_CRITERIA)[number]

const Exact = z.string().min(1).max(512)
const Pattern = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => wildcardsIn(text) <= WILDCARDS_MAX, `must not have more than ${WILDCARDS_MAX} wildcards`)

/** What an exception matches: a finding must match all given criteria. Unknown names are rejected, because without them it would match more. */
export const ExceptionCriteria = z
  .strictObject({
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must have 64 hexadecimal digits')
      .toLowerCase()
      .optional()
      .describe('SHA-256 of the content'),
    signature: Exact.optional().describe('Name of the signature; exact match'),
    path: Pattern.optional().describe(
      'Path as findings show it: `*` matches any characters except `/`, `**` any characters, `?` one character except `/`; a backslash in front of `*` or `?` takes their meaning',
    ),
    image: Exact.optional().describe('Reference of the image as findings show it, or its digest (`sha256:…`); exact match'),
    workload: Pattern.optional().describe('Name of the pod, or of a container without a pod; wildcards as in `path`'),
    namespace: Exact.optional().describe('Exact match'),
    cluster: Exact.optional().describe('Exact match'),
  })
  .refine((criteria) => Object.values(criteria).some((value) => value !== undefined), 'must have at least one criterion')
export type ExceptionCriteria = z.infer<typeof ExceptionCriteria>

const Reason = z.string().trim().min(EXCEPTION_REASON_MIN_LENGTH).max(EXCEPTION_REASON_MAX_LENGTH)
const Validity = z
  .union([z.number().int().min(1).max(EXCEPTION_DAYS_MAX), z.literal('never')])
  .describe(`Days from now, up to ${EXCEPTION_DAYS_MAX}, or \`never\``)

/** Body of `POST /api/exceptions`. */
export const CreateException = z.object({
  criteria: ExceptionCriteria,
  reason: Reason.describe('Why these findings are accepted'),
  expiresInDays: Validity.default(EXCEPTION_DAYS_DEFAULT),
  confirmBroad: z.boolean().default(false).describe('Required for criteria that match more than one content or file'),
})
export type CreateException = z.infer<typeof CreateException>

/** Body of `PATCH /api/exceptions/{exceptionId}`. Omitted fields keep their value. */
export const ChangeException = z
  .object({ reason: Reason.optional(), expiresInDays: Validity.optional() })
  .refine(({ reason, expiresInDays }) => reason !== undefined || expiresInDays !== undefined, 'must change reason or expiry')
export type ChangeException = z.infer<typeof ChangeException>

export const ExceptionView = z.object({
  exceptionId: z.number().int(),
  criteria: ExceptionCriteria,
  isBroad: z.boolean().describe('The criteria match more than one content or file'),
  reason: z.string(),
  state: z.enum(EXCEPTION_STATES),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  updatedAt: z.iso.datetime().describe('Last change by a user'),
  updatedBy: z.string(),
  expiresAt: z.iso.datetime().nullable().describe('null: never'),
  revokedAt: z.iso.datetime().nullable(),
  revokedBy: z.string().nullable(),
  hits: z.number().int().describe('Number of findings that were marked with this exception'),
  lastHitAt: z.iso.datetime().nullable(),
  isUnused: z.boolean().describe(`Active, and matched nothing for ${EXCEPTION_UNUSED_DAYS} days`),
})
export type ExceptionView = z.infer<typeof ExceptionView>

/** Query of `GET /api/exceptions`. */
export const ExceptionQuery = z.object({
  ...PageQuery.shape,
  state: oneOrMany(EXCEPTION_STATES),
  unused: z.enum(['true', 'false']).optional().describe('`true`: only exceptions that matched nothing lately; `false`: only the others'),
})
export type ExceptionQuery = z.infer<typeof ExceptionQuery>

export const ExceptionPage = pageOf(ExceptionView)
export type ExceptionPage = z.infer<typeof ExceptionPage>

/** Body of `POST /api/exceptions/preview`. */
export const PreviewException = z.object({ criteria: ExceptionCriteria })
export type PreviewException = z.infer<typeof PreviewException>

const { findingId, signatureName, severity, path, clusterId, namespace, podName, containerName, receivedAt } = FindingSummary.shape
/** A finding that an exception would have hidden. */
export const ExceptionSample = z.object({
  ...{ findingId, signatureName, severity, path, clusterId, namespace, podName, containerName, receivedAt },
})
export type ExceptionSample = z.infer<typeof ExceptionSample>

/** What an exception would have hidden in the last EXCEPTION_PREVIEW_DAYS days. */
export const ExceptionPreview = z.object({
  isBroad: z.boolean().describe('Creating the exception requires `confirmBroad`'),
  findings: z.number().int().nullable().describe('null: counting took too long'),
  isMinimum: z.boolean().describe(`Only the newest ${EXCEPTION_PREVIEW_MAX} matching findings were counted`),
  incidents: z.number().int().nullable().describe('Incidents with at least one of these findings; null: counting took too long'),
  hiddenIncidents: z.number().int().nullable().describe('Incidents that these findings alone caused, which would not have been opened'),
  samples: z.array(ExceptionSample).describe('Newest first'),
})
export type ExceptionPreview = z.infer<typeof ExceptionPreview>

/**
 * True for criteria that name neither a content nor a signature nor one file: without SHA-256 and signature, a path must have no wildcards, or begin
 * with a folder and be limited to an image, workload or namespace. Pure.
 */
export function isBroadException({ sha256, signature, path, image, workload, namespace: inNamespace }: ExceptionCriteria): boolean {
  if (sha256 !== undefined || signature !== undefined) return false
  if (path === undefined) return true
  if (wildcardsIn(path) === 0) return false
  const isLimited = image !== undefined || inNamespace !== undefined || (workload !== undefined && /[^*?]/.test(workload))
  return !(isLimited && /^\/[^*?\\/]+\//.test(path))
}

function wildcardsIn(pattern: string): number {
  return pattern.replaceAll(/\\./gs, '').match(/\*+|\?/g)?.length ?? 0
}
