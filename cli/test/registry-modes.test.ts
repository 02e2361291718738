import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { MIB_BYTES } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { type BundleParts, buildFrom, makeParts } from './fixture/bundle-parts.js'
import { captureOutput } from './fixture/capture-output.js'
import { CLI_MAIN } from './fixture/killed-push.js'
import { ociError, type RegistryMode, type Reply, startModeRegistry } from './fixture/mode-registry.js'
import { basicLogin, challenge, LOGIN, tokenLogin } from './fixture/registry-logins.js'

/** A program that does not end is killed after this time. */
const END_TIMEOUT_MS = 50_000
const LAYER_BYTES = 20 * MIB_BYTES
/** Larger than the buffers between client and server. */
const EARLY_BYTES = 12 * MIB_BYTES

let folder: string
let parts: BundleParts
let bundle: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-modes-'))
  parts = await makeParts(folder, randomBytes(LAYER_BYTES))
  bundle = (await buildFrom(parts, join(folder, 'out')))[0] ?? ''
  writeFileSync(join(folder, 'password'), LOGIN.password)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the program as a process of its own, so that a handle which keeps it running is noticed. */
async function load(mode: RegistryMode, ...args: string[]) {
  await using registry = await startModeRegistry(mode)
  const target = ['--public-key', parts.publicKeyFile, '--registry', `${registry.host}/security`, '--plain-http']
  const child = spawn(process.execPath, [CLI_MAIN, 'bundle', 'load', bundle, ...target, ...args], { timeout: END_TIMEOUT_MS })
  const [[exitCode, signal], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return {
    exitCode,
    signal,
    loaded: stdout.match(/^loaded /gm)?.length ?? 0,
    stderr,
    sizes: registry.parts.filter((size) => size > MIB_BYTES / 2),
  }
}
const login = () => ['--username', LOGIN.username, '--password-file', join(folder, 'password')]

const htmlPage = '<html><head><title>413 Request Entity Too Large</title></head><body><hr>nginx</body></html>'
const larger = (maxBytes: number, status: number, body: string, headers = {}): RegistryMode => ({
  chunk: (chunk) => (chunk.length > maxBytes ? { status, body, headers } : undefined),
})
let early401 = 0
/** The second host refuses requests with credentials. */
const withoutCredentials: RegistryMode['storage'] = ({ headers }) =>
  headers.authorization === undefined && headers.cookie === undefined ? undefined : { status: 409, body: 'credentials' }
/** The registry moves uploads to its second host, whose own answers have relative locations. */
const movedUpload = (path: string, _: string, storageOrigin: string | undefined) => `${storageOrigin ?? ''}${path}?_state=a%2Fb`
/** Answers the first requests with this method with an error, as a busy registry does. */
const busyAt = (method: string, reply: Reply, count = 2): RegistryMode => {
  let refusals = 0
  return { login: (request) => (request.method === method && refusals++ < count ? reply : undefined) }
}

/** The same for each method once. */
const busyAtAll = (reply: Reply): RegistryMode => {
  const methods = new Set<string | undefined>()
  const isFirst = (method: string | undefined) => !methods.has(method) && methods.add(method)
  return { login: ({ method }) => (isFirst(method) ? reply : undefined) }
}

const accepted: { name: string; mode: RegistryMode; needsLogin?: true; largestBytes?: number }[] = [
  { name: 'a plain registry', mode: {} },
  { name: 'a relative location with a query', mode: { location: (path) => `${path}?_state=a%2Fb%3D%3D` } },
  { name: 'an absolute location', mode: { location: (path, origin) => `${origin}${path}?_state=x` } },
  { name: 'basic authentication', mode: { login: basicLogin }, needsLogin: true },
  { name: 'a token server', mode: tokenLogin(), needsLogin: true },
  { name: 'tokens that expire after three requests', mode: tokenLogin({ usesMax: 3 }), needsLogin: true },
  { name: 'the same with a closed connection', mode: tokenLogin({ usesMax: 3, closes: true }), needsLogin: true },
  {
    name: 'two challenges of which only tokens are accepted',
    mode: tokenLogin({ challenges: (bearer) => ['Basic realm="old"', bearer] }),
    needsLogin: true,
  },
  {
    name: 'a token server that fails next to basic authentication',
    mode: {
      login: (request, origin) =>
        request.url?.startsWith('/broken')
          ? { status: 500 }
          : basicLogin(request, origin, '') && {
              status: 401,
              headers: { 'www-authenticate': [`Bearer realm="${origin}/broken"`, 'Basic realm="x"'] },
            },
    },
    needsLogin: true,
  },
  {
    name: 'a token server that names the token access_token, with numbers as text',
    mode: tokenLogin({ answer: (token) => ({ access_token: token, expires_in: '300', issued_at: null }) }),
    needsLogin: true,
  },
  {
    name: 'a token server with an empty token next to access_token, and a lifetime of 0',
    mode: tokenLogin({ answer: (token) => ({ token: '', access_token: token, expires_in: 0 }) }),
    needsLogin: true,
  },
  {
    name: 'a challenge in several spellings',
    mode: tokenLogin({ challenges: (bearer) => ['Negotiate', bearer.replace('Bearer realm', 'BEARER Realm')] }),
    needsLogin: true,
  },
  { name: '429 with Retry-After for an upload', mode: busyAt('PATCH', { status: 429, headers: { 'retry-after': '1' } }) },
  { name: '429 with Retry-After for every kind of request', mode: busyAtAll({ status: 429, headers: { 'retry-after': '1' } }) },
  { name: '503 for a manifest and other requests', mode: busyAtAll({ status: 503, headers: { 'retry-after': '0' } }) },
  { name: 'an absolute location without its port in lower case', mode: { location: (path, origin) => `${origin.toUpperCase()}${path}` } },
  {
    name: 'an upload at another host, which receives no password',
    mode: { login: basicLogin, location: movedUpload, storage: withoutCredentials },
    needsLogin: true,
  },
  {
    name: 'an upload at another host, which receives no token',
    mode: { ...tokenLogin(), location: movedUpload, storage: withoutCredentials },
    needsLogin: true,
  },
  {
    name: 'a redirect of each part to another host, which receives no password',
    mode: {
      login: (request, origin, storageOrigin) =>
        basicLogin(request, origin, storageOrigin) ??
        (request.method === 'PATCH' ? { status: 307, headers: { location: `${storageOrigin}${request.url}` } } : undefined),
      location: (path, origin) => `${origin}${path}`,
      storage: withoutCredentials,
    },
    needsLogin: true,
  },
  {
    name: '401 before the body is read',
    mode: {
      ...tokenLogin(),
      beforeBody: (sizeBytes, _request, origin) => (sizeBytes > EARLY_BYTES && early401++ === 0 ? challenge(origin) : undefined),
    },
    needsLogin: true,
  },
  {
    name: 'a limit of 4 MiB, which the registry states with 416',
    mode: larger(4 * MIB_BYTES, 416, ociError('REQUESTED_RANGE_NOT_SATISFIABLE', 'the request body is larger than 4.00MiB')),
    largestBytes: 4 * MIB_BYTES,
  },
  { name: 'a limit of 4 MiB without a statement', mode: larger(4 * MIB_BYTES, 416, ''), largestBytes: 4 * MIB_BYTES },
  {
    name: 'a limit of 5 MB in decimal digits',
    mode: larger(5_000_000, 413, ociError('SIZE_INVALID', 'request body exceeds the limit of 5000000 bytes')),
    largestBytes: 5_000_000,
  },
  { name: 'a limit of 3 MiB with 400', mode: larger(3 * MIB_BYTES, 400, ''), largestBytes: 3 * MIB_BYTES },
  {
    name: "nginx's limit of 1 MiB",
    mode: larger(MIB_BYTES, 413, htmlPage, { 'content-type': 'text/html' }),
    largestBytes: MIB_BYTES,
  },
  {
    name: 'a proxy that closes the connection of a body over 8 MiB',
    mode: { beforeBody: (sizeBytes) => (sizeBytes > 8 * MIB_BYTES ? 'close' : undefined) },
    largestBytes: 8 * MIB_BYTES,
  },
  {
    name: 'one PATCH per upload',
    mode: {
      chunk: (_, receivedBytes) =>
        receivedBytes > 0 ? { status: 416, body: ociError('BLOB_UPLOAD_INVALID', 'chunked upload is not supported') } : undefined,
    },
  },
  {
    name: 'a minimum chunk of 20 MiB',
    mode: {
      uploadHeaders: { 'oci-chunk-min-length': String(LAYER_BYTES) },
      chunk: (chunk) =>
        chunk.length > 4 * MIB_BYTES && chunk.length < LAYER_BYTES ? { status: 416, body: ociError('SIZE_INVALID', 'small') } : undefined,
    },
  },
]

test.concurrent.each(accepted)('pushes to $name, and ends', async ({ mode, needsLogin, largestBytes }) => {
  const done = await load(mode, ...(needsLogin ? login() : []))
  expect(done, done.stderr).toMatchObject({ exitCode: 0, signal: null, loaded: 7 })
  if (largestBytes !== undefined) expect(Math.max(...done.sizes)).toBeLessThanOrEqual(largestBytes)
  else expect(done.sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(LAYER_BYTES)
})

test('doctor registry names each missing image, and a registry that cannot be reached', async () => {
  const known = `/v2/security/backend/manifests/${parts.table.images.backend.digest}`
  const doctor = (host: string) =>
    captureOutput(() => runCli(['doctor', 'registry', '--chart', parts.chartFile, '--registry', `${host}/security`, '--plain-http']))
  const registry = await startModeRegistry({ login: ({ url }) => (url === known ? { status: 200 } : undefined) })
  const checked = await doctor(registry.host)
  await registry[Symbol.asyncDispose]()
  expect(checked).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('6 failed, 0 warnings, 1 ok') })
  expect(checked.stdout).toContain(
    `FAIL  console            ${registry.host}/security/console@${parts.table.images.console.digest} is missing.`,
  )
  const stopped = await doctor(registry.host)
  expect(stopped).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 failed, 0 warnings, 0 ok') })
  expect(stopped.stdout).toMatch(
    /security\/[a-z-]+@sha256:[0-9a-f]{64} cannot be read: The request to 127\.0\.0\.1:\d+ failed: .*ECONNREFUSED/,
  )
})

const refused: { name: string; mode: RegistryMode; message: RegExp; needsLogin?: true }[] = [
  {
    name: '403 before the body is read',
    mode: {
      beforeBody: (sizeBytes) =>
        sizeBytes > EARLY_BYTES ? { status: 403, body: ociError('DENIED', 'project is over its quota') } : undefined,
    },
    message: /: 403 project is over its quota\.$/m,
  },
  {
    name: "a proxy's limit for every body",
    mode: larger(1, 413, htmlPage),
    message: /413 Request Entity Too Large \(web page of nginx .*increase that limit \(nginx: client_max_body_size\)\.$/m,
  },
  {
    name: 'a second host that demands a password',
    mode: { login: basicLogin, location: movedUpload, storage: () => challenge('http://127.0.0.1') },
    message:
      /redirected the upload of sha256:\S+ for \S+ to 127\.0\.0\.1:\d+, which does not receive the credentials of \S+\. It was rejected there: 401\.$/m,
    needsLogin: true,
  },
  {
    name: 'an endless redirect',
    mode: { login: ({ method, url }) => (method === 'POST' ? { status: 308, headers: { location: url } } : undefined) },
    message: /rejected sha256:\S+ for \S+: 308\.$/m,
  },
  {
    name: 'an upload location that is no address of a web server',
    mode: { location: () => 'ftp://127.0.0.1/upload' },
    message: /returned an invalid location, "ftp:\/\/127\.0\.0\.1\/upload": it is not an OCI registry\.$/m,
  },
  { name: 'a server that answers 500', mode: { login: () => ({ status: 500 }) }, message: /like an OCI registry: 500\.$/m },
  {
    name: 'a server that closes every connection',
    mode: { beforeBody: () => 'close' },
    message: /The request to .* failed: socket hang up\.$/m,
  },
]

test.concurrent.each(refused)('reports $name in a sentence, and ends', async ({ mode, message, needsLogin }) => {
  const failed = await load(mode, ...(needsLogin ? login() : []))
  expect(failed, failed.stderr).toMatchObject({ exitCode: 1, signal: null, loaded: 0, stderr: expect.stringMatching(message) })
  expect(failed.stderr).not.toMatch(/<html|^\s+at /m)
})
