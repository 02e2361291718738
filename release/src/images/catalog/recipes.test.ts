import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { IMAGE_NAMES } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { architectureNamed } from '../architecture.js'
import { imageConfig } from '../image-config.js'
import type { DebianLayer } from './recipe.js'
import { RECIPES } from './recipes.js'

const root = resolve(import.meta.dirname, '../../../..')

test('has one recipe for each image of the platform', () => {
  expect(RECIPES.map(({ name }) => name).sort()).toEqual([...IMAGE_NAMES].sort())
})

test('references existing folders of the repository, except build outputs', () => {
  const folders = RECIPES.flatMap((recipe) => Object.values(recipe.folders ?? {})).filter((folder) => !folder.includes('/dist/'))
  expect(folders.filter((folder) => !existsSync(resolve(root, folder)))).toEqual([])
})

test('shared layers have the same files and lower layers in all images', () => {
  const seen = new Map<string, readonly DebianLayer[]>()
  for (const { debianLayers } of RECIPES)
    for (const [at, { name }] of debianLayers.entries()) {
      const upToThis = debianLayers.slice(0, at + 1)
      expect(seen.get(name) ?? upToThis, name).toEqual(upToThis)
      seen.set(name, upToThis)
    }
})

test.each(['signature-server', 'scanner'])('%s contains the programs that verify signatures and apply deltas', (name) => {
  const files = RECIPES.find((recipe) => recipe.name === name)?.debianLayers.flatMap(({ files }) => Object.values(files).flat())
  expect(files).toEqual(expect.arrayContaining(['/usr/bin/clamscan', '/usr/bin/sigtool']))
})

test('clamd and the puller use the same clamd.conf', () => {
  const folderOf = (name: string, at: string) => RECIPES.find((recipe) => recipe.name === name)?.folders?.[at]
  expect(folderOf('scanner', '/app/antivirus')).toBe(`${folderOf('antivirus', '/')}/etc/clamav`)
  expect(existsSync(resolve(root, folderOf('scanner', '/app/antivirus') ?? '', 'clamd.conf'))).toBe(true)
})

test('the image configuration sets user and architecture, and a fixed time', () => {
  const recipe = RECIPES.find(({ name }) => name === 'scanner')
  if (!recipe) throw new Error('no recipe')
  expect(imageConfig(recipe, '1.2.3', architectureNamed('arm64'))).toMatchObject({
    created: '1970-01-01T00:00:00Z',
    architecture: 'arm64',
    variant: 'v8',
    config: { User: '65532:65532', WorkingDir: '/app', Labels: { 'org.opencontainers.image.version': '1.2.3' } },
  })
})

test("PATH contains PostgreSQL's programs, so that kubectl exec needs no path", () => {
  const recipe = RECIPES.find(({ name }) => name === 'postgres')
  if (!recipe) throw new Error('no recipe')
  const { Env } = imageConfig(recipe, '1.2.3', architectureNamed('x64')).config as { Env: string[] }
  expect(Env.filter((entry) => entry.startsWith('PATH='))).toEqual(['PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin'])
})
