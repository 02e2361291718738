import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A line of a `.ndb` that finds its own name. */
export function aSignature(name: string): string {
  return `${name}:0:*:${Buffer.from(`text of ${name}`).toString('hex')}\n`
}

/** A starter set: one database, one rule. */
export async function writeStarterSet(folder: string): Promise<void> {
  for (const kind of ['clamav', 'yara']) await mkdir(join(folder, 'starter', kind), { recursive: true })
  await writeFile(join(folder, 'starter', 'clamav', 'starter.ndb'), aSignature('Test.Starter'))
  await writeFile(join(folder, 'starter', 'yara', 'starter.yar'), 'rule Starter { strings: $a = "starter" condition: $a }\n')
}

export interface ContainerOptions {
  readonly version: number
  readonly functionalityLevel?: number
  /** Lines of a .hdb instead of one of a .ndb. */
  readonly content?: string
}

/** A real container made by sigtool. It is unsigned: only ClamAV's authors can sign. */
export async function buildContainer(folder: string, name: string, options: ContainerOptions): Promise<Buffer> {
  const workFolder = join(folder, 'sigtool')
  await rm(workFolder, { recursive: true, force: true })
  await mkdir(workFolder, { recursive: true })
  await writeFile(join(workFolder, 'COPYING'), 'free\n')
  const { content } = options
  if (content === undefined) await writeFile(join(workFolder, `${name}.ndb`), aSignature(`Test.${name}.${options.version}`))
  else await writeFile(join(workFolder, `${name}.hdb`), content)
  const level = options.functionalityLevel === undefined ? [] : [`--flevel=${options.functionalityLevel}`]
  const args = [`--build=${name}.cud`, '--unsigned', `--cvd-version=${options.version}`, `--datadir=${workFolder}`, '--no-cdiff', ...level]
  await run('sigtool', args, { cwd: workFolder, env: { ...process.env, SIGNDUSER: 'test' } })
  return readFile(join(workFolder, `${name}.cud`))
}
