import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import type { Architecture } from '../architecture.js'
import { DebianPackage } from './debian-package.js'

/** Packages by name: the requested ones and all their dependencies. */
export type PackageSet = ReadonlyMap<string, DebianPackage>

/**
 * Fetches Debian packages of an architecture with all dependencies, from this machine's sources, verified with its keyrings. apt uses a
 * separate state without installed packages, so the result is independent of this machine's packages and architecture.
 *
 * @param state keeps lists and package files between builds.
 */
export async function fetchPackages(names: readonly string[], architecture: Architecture, state: string): Promise<PackageSet> {
  const archives = join(state, 'archives')
  await mkdir(join(state, 'lists/partial'), { recursive: true })
  await mkdir(join(archives, 'partial'), { recursive: true })
  await writeFile(join(state, 'status'), '')
  const options = aptOptions(state, architecture)
  await runChecked('apt-get', [...options, 'update'])
  const install = [...options, '--yes', '--no-install-recommends', 'install', ...names]
  // Each line: 'address' file-name size checksum. With --download-only, packages that exist in the folder have no line.
  const plan = await runChecked('apt-get', [
    ...options,
    '-o',
    `Dir::Cache::archives=${join(state, 'none')}`,
    '--print-uris',
    ...install.slice(options.length),
  ])
  await runChecked('apt-get', [...install, '--download-only'])
  const debFiles = [...plan.matchAll(/^'[^']+' (\S+\.deb) \d+/gm)].map(([, name = '']) => name)
  const packages = await Promise.all(
    debFiles.map(async (name) => [name.slice(0, name.indexOf('_')), await DebianPackage.open(join(archives, name))] as const),
  )
  return new Map(packages)
}

function aptOptions(state: string, { debian }: Architecture): string[] {
  const settings = {
    'Dir::State': state,
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': state,
    'Dir::Cache::pkgcache': '',
    'APT::Architecture': debian,
    'APT::Architectures': debian,
    // apt's own user could not enter the folder of the builder.
    'APT::Sandbox::User': 'root',
  }
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
}
