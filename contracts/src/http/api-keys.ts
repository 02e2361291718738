import { z } from 'zod'

export const API_KEY_SCOPES = ['ingestion', 'console:read', 'signatures:write'] as const
export const ApiKeyScope = z.enum(API_KEY_SCOPES)
export type ApiKeyScope = z.infer<typeof ApiKeyScope>

/** `POST /api/keys/create`. */
export const CreateApiKey = z.object({
  label: z.string().trim().min(1).max(100),
  scopes: z
    .array(ApiKeyScope)
    .min(1)
    .max(API_KEY_SCOPES.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'name each scope once'),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>

/** A key without its secret. `prefix` is the beginning that a person recognises it by. */
export const ApiKeyView = z.object({
  apiKeyId: z.string(),
  label: z.string(),
  prefix: z.string(),
  scopes: z.array(ApiKeyScope),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

/** Answer of `POST /api/keys/create`: the only time that the whole key is shown. */
export const CreatedApiKey = ApiKeyView.extend({ key: z.string() })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const ApiKeyList = z.object({ items: z.array(ApiKeyView) })
export type ApiKeyList = z.infer<typeof ApiKeyList>
