import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from './certificate.js'
import { BACKEND, type RunningConsole, startConsole } from './running-console.js'

const HTML = 'text/html,application/xhtml+xml'
const asBrowser = { headers: { accept: HTML } }

let site: RunningConsole
beforeAll(async () => {
  site = await startConsole()
})
afterAll(() => site.stop())

describe('files', () => {
  test('returns the page without caching for any address in a browser', async () => {
    for (const path of ['/', '/findings/018f?severity=high', '/index.html', '/login']) {
      const { status, headers, body } = await site.ask(path, asBrowser)
      expect([status, headers['cache-control'], body.toString()], path).toEqual([200, 'no-store', '<title>page</title>'])
    }
  })

  test('returns the start page to clients that do not ask for a page, such as monitors', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
      const answer = await site.ask('/', { headers })
      expect([answer.status, answer.headers['cache-control'], answer.body.toString()]).toEqual([200, 'no-store', '<title>page</title>'])
    }
    expect((await site.ask('/', { method: 'HEAD' })).status).toBe(200)
    expect(JSON.parse((await site.ask('/', { method: 'POST', body: 'x' })).body.toString())).toMatchObject({ method: 'POST', url: '/' })
  })

  test('caches hashed files permanently and revalidates others, both without a modification time', async () => {
    const hashed = await site.ask('/assets/app-1a2b.js')
    expect(hashed.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/javascript',
    })
    const plain = await site.ask('/mark.svg')
    expect(plain.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'image/svg+xml' })
    for (const { headers } of [hashed, plain]) expect([headers.etag, headers['last-modified']]).toEqual([undefined, undefined])
  })

  test('sends compressed copies', async () => {
    const { headers, body } = await site.ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(body).toEqual(await site.compressedScript())
  })

  test('sends the same security headers as the API, each once', async () => {
    const source = await readFile(resolve(import.meta.dirname, '../../backend/src/platform/http/security-headers.ts'), 'utf8')
    const wanted = [...source.matchAll(/^ {2}'([a-z-]+)':\s+(?:'([^']*)'|"([^"]*)"),$/gm)].map(([, name = '', plain, quoted]) => [
      name,
      plain ?? quoted,
    ])
    expect(wanted.length).toBeGreaterThanOrEqual(7)
    const { headers } = await site.ask('/', asBrowser)
    expect(headers).toMatchObject({ ...Object.fromEntries(wanted), 'strict-transport-security': 'max-age=31536000' })
  })

  test('forwards requests that are neither a file nor a page to the API', async () => {
    expect((await site.ask('/none.js')).status).toBe(404)
    expect(JSON.parse((await site.ask('/assets/gone-9f.js', asBrowser)).body.toString())).toMatchObject({ url: '/assets/gone-9f.js' })
    expect((await site.ask('/metrics')).status).toBe(404)
  })
})

describe('the API', () => {
  test.each([
    { method: 'POST', path: '/login' },
    { method: 'POST', path: '/logout' },
    { method: 'POST', path: '/api/v1/scan/results' },
    { method: 'GET', path: '/api/session' },
    { method: 'GET', path: '/api' },
  ])('forwards $method $path unchanged', async ({ method, path }) => {
    const headers = { accept: HTML, host: 'guardimesh.example:30443', 'x-forwarded-for': '10.9.9.9', 'x-forwarded-proto': 'http' }
    const answer = await site.ask(`${path}?a=%2Fb`, { method, headers, ...(method === 'POST' ? { body: 'some words' } : {}) })
    const seen = JSON.parse(answer.body.toString())
    expect(seen).toMatchObject({ method, url: `${path}?a=%2Fb`, body: method === 'POST' ? 'some words' : '' })
    expect(seen.headers).toMatchObject({
      host: 'guardimesh.example:30443',
      'x-forwarded-host': 'guardimesh.example:30443',
      'x-forwarded-proto': 'https',
      // Not the value that the browser sent.
      'x-forwarded-for': 'unix:',
    })
    expect([answer.headers['x-frame-options'], answer.headers['cache-control']]).toEqual(['FROM-API', 'no-store'])
  })

  test('rejects a login that is too large, and limits the logins of one address', async () => {
    const large = await site.ask('/login', { method: 'POST', body: 'x'.repeat(4097) })
    expect([large.status, JSON.parse(large.body.toString()).code]).toEqual([413, 'BODY_TOO_LARGE'])
    const chunked = await site.ask('/login', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(4097) })
    expect(chunked.status).toBe(413)
    const answers = await Promise.all(Array.from({ length: 60 }, () => site.ask('/login', { method: 'POST', body: 'x' })))
    const busy = answers.filter(({ status }) => status === 429)
    expect(busy.length).toBeGreaterThan(10)
    expect(JSON.parse(String(busy[0]?.body))).toMatchObject({ code: 'LOGIN_THROTTLED' })
    expect(busy[0]?.headers['retry-after']).toBe('5')
    expect((await site.ask('/login', asBrowser)).status).toBe(200)
  })

  test('forwards large bodies of scanners and signatures only', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1)
    expect((await site.ask('/api/v1/scan/results', { method: 'POST', body })).status).toBe(200)
    const chunked = { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body }
    expect((await site.ask('/api/v1/scan/results', chunked)).status).toBe(200)
    expect((await site.ask('/api/signatures/custom', { method: 'PUT', body })).status).toBe(200)
    expect((await site.ask('/api/keys/create', { method: 'POST', body })).status).toBe(413)
  })

  test('forwards events immediately', async () => {
    const stream = await site.open('/api/findings/stream')
    const arrived: string[] = []
    stream.on('data', (chunk) => arrived.push(String(chunk)))
    stream.on('error', () => undefined)
    await expect.poll(() => arrived.join('')).toBe('data: first\n\n')
    site.api.send('second')
    await expect.poll(() => arrived.join('')).toBe('data: first\n\ndata: second\n\n')
    stream.destroy()
  })

  test('does not log queries and cookies', async () => {
    await site.ask('/api/session?token=hidden-query', { headers: { cookie: 'session=hidden-cookie' } })
    await expect.poll(() => site.accessLog()).toContain('"GET /api/session HTTP/1.1" 200')
    expect(await site.accessLog()).not.toContain('hidden')
  })
})

describe('certificates', () => {
  test('serves a renewed certificate at the next handshake without a reload', async () => {
    expect(await site.presentedName()).toBe('first.example')
    await site.writeCertificate('second.example')
    expect(await site.presentedName()).toBe('second.example')
  })

  test('sends no request to an API with an untrusted certificate, and still serves the page', async () => {
    const stranger = await makeCertificate(BACKEND)
    site.api.showCertificate(stranger.certificate, stranger.key)
    const { status, headers, body } = await site.ask('/api/session')
    expect([status, headers['content-type'], headers['retry-after']]).toEqual([503, 'application/problem+json', '5'])
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'BACKEND_UNAVAILABLE' })
    expect((await site.ask('/', asBrowser)).status).toBe(200)
    expect((await site.ask('/readyz')).status).toBe(200)
  })
})
