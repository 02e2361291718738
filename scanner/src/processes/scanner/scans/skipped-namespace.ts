/** Returns true when the scan configuration skips this namespace: a pattern is its name, or a prefix followed by `*`. Pure. */
export function isSkippedNamespace(namespace: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : namespace === pattern))
}
