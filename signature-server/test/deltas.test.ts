import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SignatureCatalog, type SignatureDelta } from '@guardimesh/contracts'
import { applyDelta } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-deltas')
  await writeStarterSet(folder)
  server = await startServer({ folder })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

const catalog = async () => SignatureCatalog.parse(JSON.parse((await server.get('/v1/catalog')).body.toString()))
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
/** Creates hash lines, which do not compress well. */
const lines = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, n) =>
      `${createHash('md5')
        .update(`${n + from}`)
        .digest('hex')}:${n + from + 1}:Test.${n + from}\n`,
  ).join('')

/** Imports a file and returns the resulting catalogue. */
async function publish(name: string, content: string | Buffer): Promise<SignatureCatalog> {
  await server.put({ [name]: content })
  expect(await server.ended(name)).toMatchObject({ state: 'published' })
  return catalog()
}

/** Applies a delta as a node does. */
async function apply(delta: SignatureDelta, generation: string, old: { name: string; bytes: Buffer }) {
  const work = join(folder, `node-${delta.sha256.slice(0, 8)}`)
  await mkdir(work)
  const { body } = await server.get(`/v1/generations/${generation}/${delta.path}`)
  expect(sha256(body)).toBe(delta.sha256)
  const [oldFile, deltaFile] = [join(work, old.name), join(work, basename(delta.path))]
  await writeFile(oldFile, old.bytes)
  await writeFile(deltaFile, body)
  const paths = { oldFile, deltaFile, workFolder: join(work, 'work'), target: join(work, 'result') }
  return applyDelta({ form: delta.form, ...paths }, new AbortController().signal)
}

test('offers deltas from each kept generation to the new content of a container and a loose database', async () => {
  const containers: Buffer[] = []
  for (const version of [1, 2, 3]) containers.push(await buildContainer(folder, 'site', { version, content: lines(3000 + version) }))
  const [first, second, third] = containers as [Buffer, Buffer, Buffer]
  await publish('a/site.cud', first)
  await publish('b/site.cud', second)
  const { generation, deltas, files } = await publish('c/site.cud', third)
  const siteDeltas = deltas.filter(({ target }) => target === 'clamav/site.cud')
  expect(siteDeltas).toHaveLength(2)
  const target = files.find(({ path }) => path === 'clamav/site.cud')
  for (const delta of siteDeltas) {
    expect(delta.form).toBe('script')
    expect(delta.sizeBytes).toBeLessThan(3000)
    const result = await apply(delta, generation, { name: 'site.cud', bytes: delta === siteDeltas[0] ? second : first })
    expect(result).toEqual({ contentSha256: target?.contentSha256, name: 'site.cud' })
  }

  const [old, fresh] = [lines(2000), `${lines(1990, 10)}${lines(20, 5000)}`]
  await publish('a/loose.hdb', old)
  const next = await publish('b/loose.hdb', fresh)
  const looseDelta = next.deltas.find((delta) => delta.target === 'clamav/loose.hdb')
  expect(looseDelta).toMatchObject({ form: 'script', fromContentSha256: sha256(old) })
  const result = await apply(looseDelta as SignatureDelta, next.generation, { name: 'loose.hdb', bytes: Buffer.from(old) })
  expect(result).toEqual({ contentSha256: sha256(fresh), name: 'loose.hdb' })
  // Unchanged databases keep their deltas.
  expect(next.deltas.filter((delta) => delta.target === 'clamav/site.cud')).not.toEqual([])
})

test('offers no delta for entirely new content', async () => {
  await publish('a/other.hdb', lines(2000))
  const { deltas } = await publish('b/other.hdb', lines(2000, 50_000))
  expect(deltas.filter(({ target }) => target === 'clamav/other.hdb')).toEqual([])
})

test('keeps imported files as sources and measures the memory of the test load', async () => {
  const { generation } = await publish('kept.ndb', aSignature('Test.Kept'))
  const sources = JSON.parse(await readFile(join(server.volume, 'generations', generation, 'sources.json'), 'utf8'))
  expect(sources.files).toContainEqual(expect.objectContaining({ name: 'kept.ndb', kind: 'clamav', signatures: 1 }))
  expect(await readFile(join(server.volume, 'generations', generation, 'sources', 'kept.ndb'), 'utf8')).toBe(aSignature('Test.Kept'))
  const [active] = (await server.status()).generations
  expect(active?.memoryBytes).toBeGreaterThan(1_000_000)
})

test('converts a hash list to databases, which a shorter list replaces', async () => {
  const [one, two] = ['ab'.repeat(32), 'cd'.repeat(16)]
  const both = await publish('a/iocs.csv', `hash,name,size\n# a comment\n${one},Evil.One\n${two},Evil.Two,17\n`)
  expect(both.files).toContainEqual(expect.objectContaining({ path: 'clamav/iocs.hsb', signatures: 1 }))
  const { body } = await server.get(`/v1/generations/${both.generation}/clamav/iocs.hdb`)
  expect(body.toString()).toBe(`${two}:17:Evil.Two\n`)
  const after = await publish('b/iocs.csv', `${one},Evil.One\n`)
  expect(after.files.map(({ path }) => path)).not.toContain('clamav/iocs.hdb')
})
