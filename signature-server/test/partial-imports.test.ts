import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureImport } from '@guardimesh/contracts'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aGoldenServer, aTestEnvironment, type ExpectedRejection, expectRejected, type TestEnvironment } from './golden-server.js'
import { CHECKSUM_CASES, HASH_OF_SAMPLE, TEXT_CASES } from './import-cases.js'
import { REJECTED_CASES } from './rejected-cases.js'
import type { RunningServer } from './running-server.js'

let environment: TestEnvironment
let server: RunningServer
beforeAll(async () => {
  environment = await aTestEnvironment('partial-imports')
  server = await aGoldenServer(environment, 'volume')
})
afterAll(async () => {
  await server.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

describe('files imported together', () => {
  let imported: SignatureImport
  beforeAll(async () => {
    const signatures = `Test.Part:0:*:${'41'.repeat(8)}\nTest.Future.Part:0:*:${'42'.repeat(8)}:254\n`
    const parts = await buildClamavContainer(join(environment.folder, 'sigtool'), {
      name: 'parts',
      version: 1,
      files: { 'parts.ndb': signatures },
    })
    const files = Object.fromEntries([...TEXT_CASES, ...CHECKSUM_CASES].flatMap(({ files }) => Object.entries(files)))
    await server.put({ ...files, 'parts.cud': await readFile(parts) })
    imported = await server.ended('parts.cud')
    expect(imported).toMatchObject({ state: 'published', check: '', message: '' })
  })

  test.each(TEXT_CASES)('publishes $name', async ({ published, signatures, content, notice }) => {
    const { sources } = await server.status()
    expect(sources.find(({ path }) => path === published)).toMatchObject({ signatures })
    if (content !== undefined) expect(await readPublished(imported, published)).toBe(content)
    const notices = imported.notices.filter((one) => one.includes(` ${published.split('/')[1]?.replace(/\.h[sd]b$/, '.')}`))
    if (notice === undefined) expect(notices).toEqual([])
    else expect(notices).toEqual([expect.stringMatching(notice)])
  })

  test.each(CHECKSUM_CASES)('accepts a checksum file in the form $name', async ({ published }) => {
    expect((await server.status()).sources.map(({ path }) => path)).toContain(published)
  })

  test('reports the skipped signatures of a container', async () => {
    expect((await server.status()).sources.find(({ path }) => path === 'clamav/parts.cud')).toMatchObject({ signatures: 1 })
    expect(imported.notices.filter((one) => one.includes('parts.cud'))).toEqual([
      'ClamAV skips 1 of 2 signatures in parts.cud: Test.Future.Part (required f-level: 254).',
    ])
  })

  test('does not import files that downloaders place next to a database', async () => {
    const { imports } = await server.status()
    expect(imports.filter(({ files }) => files.some((file) => /\.(sig|asc|md5)$/.test(file)))).toEqual([])
  })
})

test.each<{ name: string; files: Record<string, string | Buffer> } & ExpectedRejection>(REJECTED_CASES)(
  'rejects $name',
  async ({ files, check, message }) => void (await expectRejected(server, files, { check, message })),
)

test('serves a file under a path with repeated slashes, percent-encoding or a trailing slash', async () => {
  await server.put({ 'mirrored.hsb': `${HASH_OF_SAMPLE}:16:Test.Mirrored\n` })
  await server.ended('mirrored.hsb')
  for (const path of ['/mirrored.hsb', '//mirrored.hsb', '/mirrored%2Ehsb', '/mirrored.hsb/'])
    expect((await server.get(path)).body.toString(), path).toBe(`${HASH_OF_SAMPLE}:16:Test.Mirrored\n`)
  expect((await server.get('//v1//catalog/')).status).toBe(200)
})

test.each(['/v1/status', '/v1/custom', '//v1/status', '/v1/st%61tus'])('requires the management key for %s', async (path) => {
  const answer = await server.get(path)
  expect({ status: answer.status, code: JSON.parse(answer.body.toString()).code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' })
})

function readPublished({ generation }: SignatureImport, path: string): Promise<string> {
  return readFile(join(server.volume, 'generations', generation, path), 'utf8')
}
