import { z } from 'zod'

export const PAGE_LIMIT_DEFAULT = 50
export const PAGE_LIMIT_MAX = 1000
/** Deepest `offset`: a deeper page reads too many rows; use `cursor`. */
export const PAGE_OFFSET_MAX = 100_000

/** JavaScript knows moments that PostgreSQL does not; both know these. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z')

/** Moment as ISO 8601 ("2026-11-20T10:00:00Z") or Unix seconds ("1795168800"), of the years 1 to 9999. Gives a Date. */
export const Moment = z
  .string()
  .max(40)
  .transform((text, ctx) => {
    const at = /^\d{1,11}(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
    if (!(at.getTime() >= EARLIEST_MS && at.getTime() <= LATEST_MS)) {
      ctx.addIssue({ code: 'custom', message: 'give a moment of the years 1 to 9999, as ISO 8601 or Unix seconds' })
      return z.NEVER
    }
    return at
  })

/** Query parameters of every paged list. `cursor` is what the page before gave as `nextCursor`. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
  /** The longest holds a cluster's name of 128 control characters, each escaped. */
  cursor: z.string().min(1).max(2048).optional(),
})

/** A page: items, newest first, and the cursor of the next page; null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** Query parameter with one or more names of a list: `a` or `a,b`. */
export function oneOrMany<Name extends string>(names: readonly [Name, ...Name[]]) {
  return z
    .string()
    .max(512)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)).min(1).max(names.length))
    .optional()
}

/** A string filter of a list: exact match. */
export const Filter = z.string().min(1).max(512).optional()
