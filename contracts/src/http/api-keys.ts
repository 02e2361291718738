import { z } from 'zod'

export const API_KEY_SCOPES = ['ingestion', 'console:read', 'signatures:write', 'exceptions:write', 'audit:read'] as const
export const ApiKeyScope = z.enum(API_KEY_SCOPES)
export type ApiKeyScope = z.infer<typeof ApiKeyScope>

/** `POST /api/keys/create`. */
export const CreateApiKey = z.object({
  label: z.string().trim().min(1).max(100),
  scopes: z
    .array(ApiKeyScope)
    .min(1)
    .max(API_KEY_SCOPES.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'list each scope once'),
  expiresAt: z.iso.datetime().nullable().optional().describe('The key is rejected from then on; null or missing: it does not expire'),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>

/** An API key without its secret. */
export const ApiKeyView = z.object({
  apiKeyId: z.string(),
  label: z.string(),
  prefix: z.string().describe('Start of the key, for recognition'),
  scopes: z.array(ApiKeyScope),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

/** Response of `POST /api/keys/create`. */
export const CreatedApiKey = ApiKeyView.extend({ key: z.string().describe('The whole key; returned only here') })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const ApiKeyList = z.object({ items: z.array(ApiKeyView) })
export type ApiKeyList = z.infer<typeof ApiKeyList>
