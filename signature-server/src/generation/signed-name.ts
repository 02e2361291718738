/** True when ClamAV requires a digital signature for files with this name. Pure. */
export function isSignedName(name: string): boolean {
  return /\.(cvd|cld)$/.test(name)
}
