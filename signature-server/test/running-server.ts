import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, renameSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CustomSignatures, type SignatureImport, SignatureManifest, SignatureServerStatus } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { expect, vi } from 'vitest'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
/** Generous timeout, because other tests may be running. */
const WAIT_OPTIONS = { timeout: 40_000, interval: 50 }

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A running signature server with TLS and its own volume. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
  readonly caFile: string
  readonly volume: string
  output(): string
  /** Waits until this text appears in the log. */
  wrote(text: string): Promise<void>
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>
  /** Sends a JSON body with the management key; `headers` override the defaults. */
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  catalog(): Promise<SignatureManifest>
  status(): Promise<SignatureServerStatus>
  custom(): Promise<CustomSignatures>
  /** Writes complete files to `incoming/` atomically. */
  put(files: Readonly<Record<string, string | Buffer>>): Promise<void>
  /** Waits until an import with this file has ended. */
  ended(file: string): Promise<SignatureImport>
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface ServerOptions {
  readonly folder: string
  readonly authority?: TestAuthority
  readonly volume?: string
  readonly port?: number
  readonly env?: Record<string, string>
}

/** Management key of all test servers. */
export const MANAGEMENT_KEY = 'a-management-key-of-a-test'

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { folder } = options
  const authority = options.authority ?? (await createAuthority('signature server'))
  const volume = options.volume ?? join(folder, 'volume')
  await mkdir(volume, { recursive: true })
  const { certificateFile, keyFile } = await authority.issue('IP:127.0.0.1')
  const port = options.port ?? (await freePort())
  const managementKeyFile = join(folder, 'management-key')
  await writeFile(managementKeyFile, `${MANAGEMENT_KEY}\n`)
  const env = {
    SIGNATURES_FOLDER: volume,
    STARTER_FOLDER: join(folder, 'starter'),
    LISTEN_HOST: '127.0.0.1',
    PORT: String(port),
    TLS_CERTIFICATE_FILE: certificateFile,
    TLS_KEY_FILE: keyFile,
    STABLE_SECONDS: '0.2',
    MANAGEMENT_KEY_FILE: managementKeyFile,
    ...options.env,
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const closed = once(child, 'close')
  const wrote = async (text: string) => {
    while (!output.includes(text)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended before it logged "${text}": ${output}`)
      await wait(5)
    }
  }
  const url = `https://127.0.0.1:${port}`
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetchWith(`${url}${path}`, { headers, method, ca: readFileSync(authority.caFile) })
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const all = { authorization: `Bearer ${MANAGEMENT_KEY}`, 'content-type': 'application/json', ...headers }
    return fetchWith(`${url}${path}`, { headers: all, method, ca: readFileSync(authority.caFile), body: JSON.stringify(body) })
  }
  const read = async (path: string) => JSON.parse((await get(path, { authorization: `Bearer ${MANAGEMENT_KEY}` })).body.toString())
  const status = async () => SignatureServerStatus.parse(await read('/v1/status'))
  const custom = async () => CustomSignatures.parse(await read('/v1/custom'))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await closed
    return child.exitCode
  }
  await wrote('signature server listening')
  return {
    ...{ url, caFile: authority.caFile, volume, wrote, get, send, status, custom, end },
    output: () => output,
    catalog: async () => SignatureManifest.parse(JSON.parse((await get('/v1/catalog')).body.toString())),
    put: async (files) => {
      const written = Object.entries(files).map(([name, content], n) => {
        const path = join(volume, 'incoming', name)
        return { path, content, part: join(path, '..', `${n}.part`) }
      })
      for (const { part, content } of written) {
        await mkdir(dirname(part), { recursive: true })
        await writeFile(part, content)
      }
      // Renames all files together, so that on a busy machine no file becomes stable before the others exist.
      for (const { part, path } of written) renameSync(part, path)
    },
    ended: (file) =>
      vi.waitFor(async () => {
        const found = (await status()).imports.find(({ files, endedAt }) => files.includes(file) && endedAt !== null)
        expect(found, output).toBeDefined()
        return found as SignatureImport
      }, WAIT_OPTIONS),
    [Symbol.asyncDispose]: async () => void (await end('SIGTERM')),
  }
}

interface FetchOptions {
  readonly headers: Record<string, string>
  readonly method: string
  readonly ca: Buffer
  readonly body?: string
}

function fetchWith(url: string, options: FetchOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, agent: false }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) })
    })
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })
}

/** Below the ephemeral port range, so that no connection of another test occupies the port before the server does. */
const PORTS = { first: 20_000, count: 10_000 }

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    await new Promise((resolve) => server.close(resolve))
    if (isFree) return port
  }
}
