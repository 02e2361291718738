import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi, type TestSession } from './harness.js'

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, unknown>>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
}

interface Case {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** Fixed, so that a failure can be repeated. */
const SEED = 20_261_130
/** Requests of each operation; more with HOSTILE_REQUESTS. */
const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 12)
const DOCUMENT = join(import.meta.dirname, '../../docs/reference/openapi.json')
const { paths } = JSON.parse(await readFile(DOCUMENT, 'utf8')) as { paths: Record<string, Record<string, Operation>> }
/** A stream does not end, and a logout ends the session of the other requests. */
const LEFT_OUT = ['/api/findings/stream', '/logout']
const CASES: Case[] = Object.entries(paths)
  .filter(([path]) => !LEFT_OUT.includes(path))
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))

const UNAVAILABLE: Readonly<Record<string, RegExp>> = { HEAD: /^503 $/ }

let api: TestApi
let session: TestSession
let keys: string[]

beforeAll(async () => {
  api = await startTestApi()
  session = await api.login()
  keys = [await api.createKey('ingestion'), await api.createKey('console:read', 'signatures:write')]
})
afterAll(() => api.close())

const values = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '%',
    "'; --",
    '../..',
    '2026-11-30T00:00:00Z',
    '018f2b1c-0000-7000-8000-000000000000',
    '9'.repeat(30),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** Arbitrary requests: known and unknown fields with values of any type, or no JSON at all. */
function requestsOf({ path, operation }: Case) {
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const names = path.match(/\{\w+\}/g) ?? []
  const [mediaType = 'application/json', content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const fields = Object.keys(content?.schema?.properties ?? {})
  const known = fc.record(Object.fromEntries(fields.map((field) => [field, fc.oneof(values, fc.jsonValue())])), { requiredKeys: [] })
  const json = fc.oneof(known, fc.jsonValue()).map((value) => Buffer.from(JSON.stringify(value)))
  const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value))
  return fc.record({
    path: fc.tuple(...names.map(() => values)).map((texts) => fill(path, texts)),
    query: fc.record(Object.fromEntries(inQuery.map((name) => [name, values])), { requiredKeys: [] }),
    body: content ? fc.oneof({ weight: 4, arbitrary: json }, { weight: 1, arbitrary: bytes }) : fc.constant(undefined),
    mediaType: fc.oneof({ weight: 8, arbitrary: fc.constant(mediaType) }, { weight: 1, arbitrary: fc.constant('text/plain') }),
    actor: fc.nat({ max: 3 }),
  })
}

/** Replaces the parameters of a path. An empty one, or a dot, is another route. */
function fill(path: string, texts: readonly string[]): string {
  let at = 0
  return path.replace(/\{\w+\}/g, () => encodeURIComponent((texts[at++] ?? '').toWellFormed()).replace(/^\.*$/, 'x'))
}

function headersOf(actor: number): Record<string, string> {
  if (actor >= 2) return { ...session }
  return { authorization: `Bearer ${keys[actor]}` }
}

const isDocumented = ({ operation }: Case, status: number) =>
  String(status) in operation.responses || `${Math.floor(status / 100)}XX` in operation.responses

test('the document has operations', () => {
  expect(CASES.length).toBeGreaterThan(50)
})

test.each(CASES)('$method $path: documented statuses only', async (one) => {
  await fc.assert(
    fc.asyncProperty(requestsOf(one), async ({ path, query, body, mediaType, actor }) => {
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value).toWellFormed()]),
      )
      const response = await fetch(`${api.url}${path}?${search}`, {
        method: one.method,
        redirect: 'manual',
        headers: { ...headersOf(actor), ...(body ? { 'content-type': mediaType } : {}) },
        ...(body ? { body } : {}),
      })
      const text = await response.text()
      const context = `${response.status} for ${path}?${search}: ${text}`
      // Without a signature server, its routes answer 503 with their own code; the answer to HEAD has no body.
      if (response.status >= 500)
        expect(`${response.status} ${text}`, context).toMatch(UNAVAILABLE[one.method] ?? /^503 .*SIGNATURE_SERVER_UNAVAILABLE/)
      expect(isDocumented(one, response.status), context).toBe(true)
    }),
    { seed: SEED, numRuns: REQUESTS, endOnFailure: true },
  )
})
