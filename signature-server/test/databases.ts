import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'

/** Creates a line of a `.ndb` that matches "text of <name>". */
export function aSignature(name: string): string {
  return `${name}:0:*:${Buffer.from(`text of ${name}`).toString('hex')}\n`
}

/** Writes a starter set with one database and one rule. */
export async function writeStarterSet(folder: string): Promise<void> {
  for (const kind of ['clamav', 'yara']) await mkdir(join(folder, 'starter', kind), { recursive: true })
  await writeFile(join(folder, 'starter', 'clamav', 'starter.ndb'), aSignature('Test.Starter'))
  await writeFile(join(folder, 'starter', 'yara', 'starter.yar'), 'rule Starter { strings: $a = "starter" condition: $a }\n')
}

export interface ContainerOptions {
  readonly version: number
  readonly functionalityLevel?: number
  /** Lines of a .hdb; by default the container has one .ndb line. */
  readonly content?: string
}

/** Builds an unsigned container with sigtool; only ClamAV's authors can sign. */
export async function buildContainer(folder: string, name: string, options: ContainerOptions): Promise<Buffer> {
  const { version, content, functionalityLevel } = options
  const files = content === undefined ? { [`${name}.ndb`]: aSignature(`Test.${name}.${version}`) } : { [`${name}.hdb`]: content }
  const level = functionalityLevel === undefined ? {} : { functionalityLevel }
  return readFile(await buildClamavContainer(join(folder, 'sigtool'), { name, version, files, ...level }))
}
