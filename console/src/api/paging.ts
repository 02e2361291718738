/** Query parameters of one page; the first if `cursor` is null. */
export function pageQuery(cursor: string | null): { limit: string; cursor: string | undefined } {
  return { limit: '50', cursor: cursor ?? undefined }
}
