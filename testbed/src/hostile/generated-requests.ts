import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, unknown>>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
}

/** A route of the API's OpenAPI document. */
export interface DocumentedRoute {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** A request to a documented route with arbitrary values. */
export interface GeneratedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly body: Buffer | undefined
  readonly mediaType: string
  /** Number of the credentials to send, below ACTORS. */
  readonly actor: number
}

/** Number of credentials that requests choose from. */
export const ACTORS = 4
const DOCUMENT = join(import.meta.dirname, '../../../docs/reference/openapi.json')
/** A stream does not end, and a logout ends the session of the other requests. */
const LEFT_OUT = ['/api/findings/stream', '/logout']

/** Reads the routes of the API's OpenAPI document, except those that do not answer once. */
export async function readDocumentedRoutes(): Promise<DocumentedRoute[]> {
  const { paths } = JSON.parse(await readFile(DOCUMENT, 'utf8')) as { paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths)
    .filter(([path]) => !LEFT_OUT.includes(path))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))
}

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

/** Generates requests with known and unknown fields and values of any type, or no JSON at all. */
export function arbitraryRequest({ method, path, operation }: DocumentedRoute): fc.Arbitrary<GeneratedRequest> {
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const names = path.match(/\{\w+\}/g) ?? []
  const [mediaType = 'application/json', content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const fields = Object.keys(content?.schema?.properties ?? {})
  const known = fc.record(Object.fromEntries(fields.map((field) => [field, fc.oneof(values, fc.jsonValue())])), { requiredKeys: [] })
  const json = fc.oneof(known, fc.jsonValue()).map((value) => Buffer.from(JSON.stringify(value)))
  const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value))
  const query = fc.record(Object.fromEntries(inQuery.map((name) => [name, values])), { requiredKeys: [] })
  return fc.record({
    method: fc.constant(method),
    path: fc.tuple(fc.tuple(...names.map(() => values)), query).map(([texts, search]) => `${fill(path, texts)}?${searchText(search)}`),
    body: content ? fc.oneof({ weight: 4, arbitrary: json }, { weight: 1, arbitrary: bytes }) : fc.constant(undefined),
    mediaType: fc.oneof({ weight: 8, arbitrary: fc.constant(mediaType) }, { weight: 1, arbitrary: fc.constant('text/plain') }),
    actor: fc.nat({ max: ACTORS - 1 }),
  })
}

/** Returns requests of a route, the same for the same seed. */
export function sampleRequests(route: DocumentedRoute, count: number, seed: number): GeneratedRequest[] {
  return fc.sample(arbitraryRequest(route), { numRuns: count, seed })
}

/** Replaces the parameters of a path. An empty one, or a dot, is another route. */
function fill(path: string, texts: readonly string[]): string {
  let at = 0
  return path.replace(/\{\w+\}/g, () => encodeURIComponent((texts[at++] ?? '').toWellFormed()).replace(/^\.*$/, 'x'))
}

function searchText(query: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value).toWellFormed()]),
  ).toString()
}
