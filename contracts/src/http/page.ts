import { z } from 'zod'

export const PAGE_LIMIT_DEFAULT = 50
export const PAGE_LIMIT_MAX = 1000
/** Maximum `offset`; a larger offset would read too many rows; use `cursor` instead. */
export const PAGE_OFFSET_MAX = 100_000

/** Range of times that both JavaScript and PostgreSQL support. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z')

/** A time as ISO 8601 ("2026-11-20T10:00:00Z") or Unix seconds ("1795168800"), in the years 1 to 9999. Parses to a Date. */
export const Moment = z
  .string()
  .max(40)
  .transform((text, ctx) => {
    const at = /^\d{1,11}(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
    if (!(at.getTime() >= EARLIEST_MS && at.getTime() <= LATEST_MS)) {
      ctx.addIssue({ code: 'custom', message: 'must be a time in the years 1 to 9999, as ISO 8601 or Unix seconds' })
      return z.NEVER
    }
    return at
  })
  .describe('ISO 8601 or Unix seconds')

/** Query parameters of every paged list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
  // The longest cursor contains a cluster name of 128 escaped control characters and the beginning of a path.
  cursor: z.string().min(1).max(4096).optional().describe('nextCursor of the previous page'),
})

/** Rows that a list counts exactly. */
export const TOTAL_MAX = 10_000

/** Number of rows of a list with all filters; part of the first page. */
export const ListTotal = {
  total: z.number().int().nullable().describe(`Number of rows that match the filters; null on a page that was read with a cursor`),
  totalIsMinimum: z
    .boolean()
    .describe(`true: \`total\` is a lower bound, because there are more than ${TOTAL_MAX} rows or counting them would take too long`),
}

/** Direction of a sorted list. */
export const SORT_ORDERS = ['asc', 'desc'] as const
export type SortOrder = (typeof SORT_ORDERS)[number]

/** A page of items, newest first. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('null on the last page') })
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

/** String filter of a list. */
export const Filter = z.string().min(1).max(512).optional().describe('Exact match')
