import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OciLayout } from '../src/images/oci/layout.js'
import { textFile } from '../src/images/tree/file-tree.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layout-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const shared = new Map([['/etc/name', textFile('shared')]])
const own = (text: string) => new Map([['/app/main.js', textFile(text, 0o755)]])
const config = { architecture: 'amd64', os: 'linux', config: { User: '65532:65532' } }

async function writeLayout(name: string, earlier = 'none'): Promise<string[]> {
  const layout = await OciLayout.create(join(folder, name), join(folder, earlier))
  const digests: string[] = []
  for (const image of ['one', 'two']) {
    const layers = [await layout.addLayer(shared), await layout.addLayer(own(image))]
    digests.push(await layout.addImage(`guardimesh.local/${image}:1`, config, layers))
  }
  await layout.finish()
  return digests
}

test('skopeo finds each image by its name, and tar its files', async () => {
  const [digest] = await writeLayout('oci')
  const stdout = await runChecked('skopeo', ['inspect', `oci:${join(folder, 'oci')}:guardimesh.local/one:1`])
  const { Digest, Architecture, Layers } = JSON.parse(stdout)
  expect([Digest, Architecture, Layers.length]).toEqual([digest, 'amd64', 2])
  const listing = await runChecked('tar', ['-tvzf', join(folder, 'oci/blobs', Layers[1].replace(':', '/'))], {
    env: { ...process.env, TZ: 'UTC' },
  })
  expect(listing).toMatch(/^-rwxr-xr-x 0\/0 +3 1970-01-01 00:00 app\/main\.js$/m)
})

test('stores a shared layer once', async () => {
  await writeLayout('oci')
  // Three layers, two configurations, two manifests.
  expect(await readdir(join(folder, 'oci/blobs/sha256'))).toHaveLength(7)
})

test('creates the same digests for the same files, with and without an earlier build', async () => {
  const first = await writeLayout('first')
  expect(await writeLayout('second')).toEqual(first)
  expect(await writeLayout('third', 'first')).toEqual(first)
  expect(await readFile(join(folder, 'third/index.json'))).toEqual(await readFile(join(folder, 'first/index.json')))
})
