import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { architectureNamed } from '../../src/images/architecture.js'
import { buildRecipes } from '../../src/images/build-images.js'
import { RECIPES } from '../../src/images/catalog/recipes.js'
import { fetchInputs } from '../../src/images/inputs.js'

const work = await mkdtemp(join(tmpdir(), 'reproducible-'))
afterAll(() => rm(work, { recursive: true, force: true }))

// Together they have every kind of layer: Node, npm packages, our code and the golden set; Debian's files and compressed copies.
const recipes = RECIPES.filter(({ name }) => name === 'signature-server' || name === 'console')

test('two independent builds of the same files have the same digests', async () => {
  const options = {
    root: resolve(import.meta.dirname, '../../..'),
    architecture: architectureNamed(process.arch),
    cacheFolder: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'guardimesh'),
  }
  const inputs = await fetchInputs(options, RECIPES)
  const first = await buildRecipes({ ...options, outputFolder: join(work, 'first') }, inputs, recipes)
  const second = await buildRecipes({ ...options, outputFolder: join(work, 'second') }, inputs, recipes)
  expect(second).toEqual(first)
  for (const file of ['oci/index.json', 'sbom/signature-server.cdx.json', 'sbom/console.cdx.json'])
    expect(await readFile(join(work, 'second', file), 'utf8')).toBe(await readFile(join(work, 'first', file), 'utf8'))
})
