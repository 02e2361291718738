/** Parameters of one page; `cursor` null asks for the first. */
export function pageQuery(cursor: string | null): { limit: string; cursor: string | undefined } {
  return { limit: '50', cursor: cursor ?? undefined }
}
