import { isIP } from 'node:net'
import type { z } from 'zod'

/** Parses a comma-separated list of addresses and networks ("10.0.0.0/8, fd00::/8"). Adds an issue for each invalid entry. Pure. */
export function readNetworks(text: string, context: z.RefinementCtx): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  for (const entry of entries)
    if (!isNetwork(entry))
      context.addIssue({ code: 'custom', message: `"${entry}" is neither an address nor a network such as 10.0.0.0/8` })
  return entries
}

function isNetwork(entry: string): boolean {
  const [address = '', length, ...rest] = entry.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (bits < 0 || rest.length > 0) return false
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)
}
