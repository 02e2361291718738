import { readFileSync } from 'node:fs'

/** Defined by esbuild for the single executable, which has no package.json next to it. */
declare const GUARDIMESH_VERSION: string | undefined

/** Version of Guardimesh: all packages share the one of this package. */
export const VERSION: string = typeof GUARDIMESH_VERSION === 'string' ? GUARDIMESH_VERSION : readPackageVersion()

function readPackageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  return version
}
