/** Rows of a page. With fewer, a long list takes too many requests; with more, the first rows appear later. */
const PAGE_ROWS = 200

/** Position in a paged list. `since` belongs to the whole list: with another value the backend rejects the cursor. */
export interface PagePosition {
  /** Start of a relative time range, computed once for each list. */
  readonly since: string | undefined
  /** null for the first page. */
  readonly cursor: string | null
}

/** The first page. @param since start of a relative time range. */
export const firstPosition = (since?: string): PagePosition => ({ since, cursor: null })

/** The page after `page`; undefined after the last one. */
export function positionAfter(page: { readonly nextCursor: string | null }, position: PagePosition): PagePosition | undefined {
  return page.nextCursor === null ? undefined : { ...position, cursor: page.nextCursor }
}

/** Query parameters of one page. */
export function pageQuery({ cursor }: PagePosition): { limit: string; cursor: string | undefined } {
  return { limit: String(PAGE_ROWS), cursor: cursor ?? undefined }
}
