import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { IMAGE_NAMES } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { architectureNamed } from '../architecture.js'
import { imageConfig } from '../image-config.js'
import type { DebianLayer } from './recipe.js'
import { RECIPES } from './recipes.js'

const root = resolve(import.meta.dirname, '../../../..')

test('there is one recipe for each image of the platform', () => {
  expect(RECIPES.map(({ name }) => name).sort()).toEqual([...IMAGE_NAMES].sort())
})

test('every folder of the repository that an image takes is there, but for what the build makes', () => {
  const folders = RECIPES.flatMap((recipe) => Object.values(recipe.folders ?? {})).filter((folder) => !folder.includes('/dist/'))
  expect(folders.filter((folder) => !existsSync(resolve(root, folder)))).toEqual([])
})

test('layers with the same name have the same files and lie on the same layers, or sharing them would be wrong', () => {
  const seen = new Map<string, readonly DebianLayer[]>()
  for (const { debianLayers } of RECIPES)
    for (const [at, { name }] of debianLayers.entries()) {
      const upToThis = debianLayers.slice(0, at + 1)
      expect(seen.get(name) ?? upToThis, name).toEqual(upToThis)
      seen.set(name, upToThis)
    }
})

test.each(['signature-server', 'scanner'])('%s has the programs that verify signatures and apply deltas', (name) => {
  const files = RECIPES.find((recipe) => recipe.name === name)?.debianLayers.flatMap(({ files }) => Object.values(files).flat())
  expect(files).toEqual(expect.arrayContaining(['/usr/bin/clamscan', '/usr/bin/sigtool']))
})

test("clamd's configuration is one file, for clamd itself and for the puller that writes its own from it", () => {
  const folderOf = (name: string, at: string) => RECIPES.find((recipe) => recipe.name === name)?.folders?.[at]
  expect(folderOf('scanner', '/app/antivirus')).toBe(`${folderOf('antivirus', '/')}/etc/clamav`)
  expect(existsSync(resolve(root, folderOf('scanner', '/app/antivirus') ?? '', 'clamd.conf'))).toBe(true)
})

test('a configuration says who the program runs as, for which processor, and has no time of its own', () => {
  const recipe = RECIPES.find(({ name }) => name === 'scanner')
  if (!recipe) throw new Error('no recipe')
  expect(imageConfig(recipe, '1.2.3', architectureNamed('arm64'))).toMatchObject({
    created: '1970-01-01T00:00:00Z',
    architecture: 'arm64',
    variant: 'v8',
    config: { User: '65532:65532', WorkingDir: '/app', Labels: { 'org.opencontainers.image.version': '1.2.3' } },
  })
})

test("PostgreSQL's programs are found by name, so that kubectl exec needs no path", () => {
  const recipe = RECIPES.find(({ name }) => name === 'postgres')
  if (!recipe) throw new Error('no recipe')
  const { Env } = imageConfig(recipe, '1.2.3', architectureNamed('x64')).config as { Env: string[] }
  expect(Env.filter((entry) => entry.startsWith('PATH='))).toEqual(['PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin'])
})
