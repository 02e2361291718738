import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCatalogFloor } from '../../../report/catalog-floor.js'
import { CatalogFloorKeeper } from './catalog-floor-keeper.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'floor-'))
  for (const name of ['state', 'puller', 'next-puller']) await mkdir(join(folder, name))
})
afterEach(() => rm(folder, { recursive: true }))

const aKeeper = (puller = 'puller') =>
  new CatalogFloorKeeper({ stateFolder: join(folder, 'state'), pullerFolder: join(folder, puller), log: createLogger('test', 'silent') })
const floorOf = (puller: string) => readCatalogFloor(join(folder, puller))

test('gives the highest accepted sequence to the puller of a new pod', async () => {
  const keeper = aKeeper()
  await keeper.update(0)
  expect(await floorOf('puller')).toBe(0)
  await keeper.update(12)
  await keeper.update(7)
  expect(await floorOf('puller')).toBe(12)
  await aKeeper('next-puller').update(0)
  expect(await floorOf('next-puller')).toBe(12)
})

test('continues while no puller runs', async () => {
  const keeper = aKeeper('missing')
  await keeper.update(3)
  await mkdir(join(folder, 'missing'))
  await keeper.update(3)
  expect(await floorOf('missing')).toBe(3)
})

test.each([
  { name: 'a link', place: (path: string) => symlink(join(folder, 'victim'), path) },
  { name: 'a FIFO', place: async (path: string) => void execFileSync('mkfifo', [path]) },
])('replaces $name in the folder of the puller', async ({ place }) => {
  await writeFile(join(folder, 'victim'), '99')
  await place(join(folder, 'puller', 'catalog-floor'))
  expect(await floorOf('puller')).toBeUndefined()
  await aKeeper().update(5)
  expect(await floorOf('puller')).toBe(5)
  expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('99')
})
