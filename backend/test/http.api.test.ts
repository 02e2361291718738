import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { API_ERROR_CODES } from '@guardimesh/contracts'
import { startPostgres } from '@guardimesh/testbed/postgres.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'

const LARGE_SCRIPT = `export const text = '${'abc'.repeat(10_000)}'`
/** Differs, so that the tests can distinguish the copy. */
const COPIED_SCRIPT = 'export const text = 1'
let api: TestApi
let folder: string

beforeAll(async () => {
  folder = await temporaryFolder('backend-http')
  const consoleFolder = join(folder, 'console')
  await mkdir(join(consoleFolder, 'assets'), { recursive: true })
  await writeFile(join(consoleFolder, 'index.html'), '<!doctype html><title>console</title>')
  await writeFile(join(consoleFolder, 'icon.svg'), '<svg/>')
  await writeFile(join(consoleFolder, 'assets', 'index-abc123.js'), 'export {}')
  await writeFile(join(consoleFolder, 'assets', 'large-abc123.js'), LARGE_SCRIPT)
  await writeFile(join(consoleFolder, 'assets', 'copied-abc123.js'), LARGE_SCRIPT)
  await writeFile(join(consoleFolder, 'assets', 'copied-abc123.js.br'), brotliCompressSync(COPIED_SCRIPT))
  await writeFile(join(folder, 'outside.txt'), 'not of the console')
  api = await startTestApi({ config: { consoleFolder, publicUrl: new URL('https://console.test') } })
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

/** Sends raw bytes and returns the response; `fetch` would normalize the URL. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(api.url)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
  })
}

describe('problems', () => {
  const json = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } })
  test.each([
    { name: 'an unknown path', path: '/api/none', init: {}, code: 'ROUTE_NOT_FOUND' },
    { name: 'an unsupported method', path: '/api/findings', init: { method: 'DELETE' }, code: 'ROUTE_NOT_FOUND' },
    { name: 'invalid JSON', path: '/login', init: json('{'), code: 'BODY_INVALID' },
    { name: 'no body', path: '/login', init: { method: 'POST' }, code: 'BODY_INVALID' },
    { name: 'an empty body', path: '/login', init: json(''), code: 'BODY_INVALID' },
    { name: 'a list', path: '/login', init: json('[]'), code: 'BODY_INVALID' },
    { name: 'a prototype', path: '/login', init: json('{"__proto__": {"role": "administrator"}}'), code: 'BODY_INVALID' },
    { name: 'a body that is too large', path: '/login', init: json(`"${'x'.repeat(300_000)}"`), code: 'BODY_TOO_LARGE' },
    {
      name: 'another media type',
      path: '/login',
      init: { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } },
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'protobuf without credentials',
      path: '/login',
      init: { method: 'POST', body: 'x', headers: { 'content-type': 'application/x-protobuf' } },
      code: 'UNAUTHENTICATED',
    },
  ] as const)('$name: $code', async ({ path, init, code }) => {
    const response = await fetch(`${api.url}${path}`, init)
    const problem: unknown = await response.json()
    expect(response.status).toBe(API_ERROR_CODES[code].http)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(problem).toEqual({
      type: `urn:guardimesh:error:${code}`,
      title: expect.any(String),
      status: API_ERROR_CODES[code].http,
      code,
      detail: expect.any(String),
      requestId: response.headers.get('x-request-id'),
    })
  })

  test('handles a malformed URL encoding', async () => {
    const answer = await raw('GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 404 /)
    expect(answer).toContain('ROUTE_NOT_FOUND')
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff')
    expect((await request(api, 'GET', '/livez')).text).toBe('ok\n')
  })

  test('returns an internal error without details', async () => {
    const key = await api.createKey('console:read')
    await api.query('ALTER TABLE nodes RENAME TO hidden')
    const answer = await request(api, 'GET', '/api/nodes', { key, headers: { 'x-request-id': 'my-own-id' } })
    await api.query('ALTER TABLE hidden RENAME TO nodes')
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL', requestId: 'my-own-id' } })
    expect(answer.text).not.toMatch(/relation|nodes|sql/i)
  })
})

test.each(['/livez', '/api/none', '/api/session', '/findings', '/assets/none.js'])(
  'returns %s with the security headers and a request id',
  async (path) => {
    const { headers } = await request(api, 'GET', path, { headers: { accept: 'text/html', 'x-request-id': 'bad id\tof a caller' } })
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).not.toMatch(/https?:|script-src.*unsafe/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  },
)

describe('console', () => {
  const get = (path: string, accept = '*/*') => request(api, 'GET', path, { headers: { accept } })

  test.each(['/', '/findings', '/findings/0197-x?tab=a', '/nodes/ip-10-0-0-1.internal', '/index.html', '/login'])(
    'serves the page for %s without caching',
    async (path) => {
      const answer = await get(path, 'text/html,*/*')
      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<title>console</title>')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )

  test('caches files with a hash in their name, and revalidates others', async () => {
    const script = await get('/assets/index-abc123.js')
    expect([script.status, script.text, script.headers.get('cache-control')]).toEqual([
      200,
      'export {}',
      'public, max-age=31536000, immutable',
    ])
    expect(script.headers.get('content-type')).toContain('javascript')
    const icon = await get('/icon.svg')
    expect([icon.status, icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual([200, 'image/svg+xml', 'no-cache'])
  })

  test.each([
    ['/assets/gone-123.js', 'text/html'],
    ['/findings', 'application/json'],
    ['/api', 'text/html'],
    ['/api/none', 'text/html'],
    ['/%2e%2e/outside.txt', '*/*'],
    ['/..%2foutside.txt', '*/*'],
    ['/assets/..%2f..%2foutside.txt', '*/*'],
    ['/icon.svg%00.html', '*/*'],
  ])('returns 404 for %s with %s', async (path, accept) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\naccept: ${accept}\r\nconnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 404 /)
    expect(answer).toContain('ROUTE_NOT_FOUND')
    expect(answer).not.toContain('not of the console')
  })
})

test('uses the naming scheme for metrics', async () => {
  await request(api, 'GET', '/api/v1/version')
  const { text, headers } = await request(api, 'GET', '/metrics')
  expect(headers.get('content-type')).toContain('text/plain')
  expect(text).toContain('guardimesh_http_request_duration_seconds_count{method="GET",route="/api/v1/version",status="200"}')
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '')
  // Process metrics have the standard Prometheus names.
  expect(names.filter((name) => !/^(guardimesh|process|nodejs)_/.test(name))).toEqual([])
  expect(names).toContain('nodejs_eventloop_lag_seconds')
})

test('reports an unavailable database and reconnects later', async () => {
  const postgresFolder = await temporaryFolder('backend-away')
  const first = await startPostgres({ folder: postgresFolder, durable: false })
  const away = await startTestApi({ postgres: first })
  const key = await away.createKey('console:read')
  const ask = () => request(away, 'GET', '/api/findings', { key })
  try {
    expect((await ask()).status).toBe(200)
    expect((await request(away, 'GET', '/readyz')).status).toBe(200)
    await first.stop()
    const refused = await ask()
    expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const ready = await request(away, 'GET', '/readyz')
    expect([ready.status, ready.text]).toEqual([503, expect.stringContaining('database: ')])
    expect((await request(away, 'GET', '/livez')).status).toBe(200)
    const second = await startPostgres({ folder: postgresFolder, port: first.port, durable: false })
    try {
      await waitFor(async () => (await ask()).status === 200 || undefined)
      expect((await request(away, 'GET', '/readyz')).status).toBe(200)
    } finally {
      await away.close()
      await second.stop()
    }
  } finally {
    await rm(postgresFolder, { recursive: true })
  }
})

describe('compression', () => {
  const read = async (path: string, accepted: string) => {
    const { headers, text } = await request(api, 'GET', path, { headers: { 'accept-encoding': accepted } })
    return { encoding: headers.get('content-encoding'), text }
  }

  test.each([
    { accepted: 'gzip, deflate, br, zstd', encoding: 'br' },
    { accepted: 'gzip', encoding: 'gzip' },
    { accepted: 'identity', encoding: null },
  ])('serves a script with $encoding for "$accepted"', async ({ accepted, encoding }) => {
    expect(await read('/assets/large-abc123.js', accepted)).toEqual({ encoding, text: LARGE_SCRIPT })
  })

  test.each([
    { accepted: 'gzip, deflate, br, zstd', encoding: 'br', text: COPIED_SCRIPT },
    { accepted: 'gzip', encoding: 'gzip', text: LARGE_SCRIPT },
  ])('serves the compressed copy of a script for "$accepted" if it has that encoding', async ({ accepted, ...expected }) => {
    expect(await read('/assets/copied-abc123.js', accepted)).toEqual(expected)
  })

  test.each(['large', 'copied'])('keeps the cache policy of a %s script and names the header that selects the encoding', async (name) => {
    const { headers } = await request(api, 'GET', `/assets/${name}-abc123.js`, { headers: { 'accept-encoding': 'br' } })
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('vary')?.toLowerCase()).toContain('accept-encoding')
  })

  test('serves a large response of the API with brotli, a small one as it is', async () => {
    for (let count = 0; count < 8; count += 1) await api.createKey('ingestion')
    const list = await request(api, 'GET', '/api/keys', { session: await api.login(), headers: { 'accept-encoding': 'br' } })
    expect([list.status, list.headers.get('content-encoding')]).toEqual([200, 'br'])
    expect(list.text.length).toBeGreaterThan(1024)
    expect((await read('/api/v1/version', 'br')).encoding).toBeNull()
  })
})
