/** Names as entered in one field, separated by commas, whitespace or lines. */
export function listed(values: readonly string[] = []): string {
  return values.join(', ')
}

export function splitList(text: string): string[] {
  return text.split(/[\s,;]+/).filter((value) => value !== '')
}
