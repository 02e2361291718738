import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Returns the version from the package.json of this package (three folders up, from src and dist). */
export function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
