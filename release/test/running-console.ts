import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { vi } from 'vitest'
import { makeCertificate } from './certificate.js'
import { ApiStandIn, startDns } from './stand-ins.js'

const CONFIG_FOLDER = resolve(import.meta.dirname, '../rootfs/console/etc/nginx')
const CONSOLE = 'usr/share/guardimesh/console'
export const BACKEND = 'backend.example'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Runs the console image's nginx.conf in Debian's nginx, with other paths and on a Unix socket, in front of a stand-in for the API. */
export interface RunningConsole {
  readonly api: ApiStandIn
  ask(path: string, question?: Question): Promise<Answer>
  /** Returns the response before its body is received. */
  open(path: string, question?: Question): Promise<IncomingMessage>
  /** Returns the name in the certificate of a new connection. */
  presentedName(): Promise<string>
  writeCertificate(name: string): Promise<void>
  compressedScript(): Promise<Buffer>
  accessLog(): Promise<string>
  stop(): Promise<void>
}

export async function startConsole(): Promise<RunningConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'console-'))
  const socketPath = join(folder, 'nginx.sock')
  const folders = ['tls/server', 'tls/ca', 'etc/guardimesh/nginx', `${CONSOLE}/assets`, 'tmp']
  for (const name of folders) await mkdir(join(folder, name), { recursive: true })
  const { certificate, key } = await makeCertificate(BACKEND)
  await writeFile(join(folder, 'tls/ca/ca.crt'), certificate)
  await writeCertificate(folder, 'first.example')
  await writeConsole(folder)
  const [api, dns] = [await ApiStandIn.start(certificate, key), await startDns()]
  await writeConfig(folder, api.port, dns.address().port)
  const nginx = spawn('nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const errorOutput = text(nginx.stderr)
  const ended = once(nginx, 'exit').then(async () => Promise.reject(new Error(`nginx ended: ${await errorOutput}`)))
  const ask = async (path: string, question?: Question) => answerOf(await open(socketPath, path, question))
  const isAnswering = () =>
    ask('/livez').then(
      ({ status }) => status === 200,
      () => false,
    )
  await Promise.race([ended, vi.waitUntil(isAnswering, { timeout: 20_000 })])
  return {
    api,
    ask,
    open: (path, question) => open(socketPath, path, question),
    presentedName: () => presentedName(socketPath),
    writeCertificate: (name) => writeCertificate(folder, name),
    compressedScript: () => readFile(join(folder, CONSOLE, 'assets/app-1a2b.js.gz')),
    accessLog: () => readFile(join(folder, 'access.log'), 'utf8'),
    stop: async () => {
      nginx.kill('SIGTERM')
      await ended.catch(() => undefined)
      api.stop()
      dns.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writeCertificate(folder: string, name: string): Promise<void> {
  const { certificate, key } = await makeCertificate(name)
  await writeFile(join(folder, 'tls/server/tls.crt'), certificate)
  await writeFile(join(folder, 'tls/server/tls.key'), key)
}

async function writeConsole(folder: string): Promise<void> {
  const script = `console.log("${'long '.repeat(400)}")`
  const files = { 'index.html': '<title>page</title>', 'mark.svg': '<svg/>', 'assets/app-1a2b.js': script }
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, CONSOLE, path), content)
  // Differs from nginx's own compression, to detect which one is sent.
  await writeFile(join(folder, CONSOLE, 'assets/app-1a2b.js.gz'), gzipSync(script, { level: 1 }))
}

async function writeConfig(folder: string, apiPort: number, dnsPort: number): Promise<void> {
  const settings = [
    `resolver 127.0.0.1:${dnsPort} valid=10s ipv6=off;`,
    `map "" $guardimesh_backend { default "${BACKEND}"; }`,
    'map "" $guardimesh_forwarded_for { default $remote_addr; }',
  ]
  await writeFile(join(folder, 'etc/guardimesh/nginx/upstream.conf'), settings.join('\n'))
  const config = (await readFile(join(CONFIG_FOLDER, 'nginx.conf'), 'utf8'))
    .replaceAll('https://$guardimesh_backend', `https://$guardimesh_backend:${apiPort}`)
    .replaceAll(/\/(tls|tmp|usr\/share\/guardimesh|etc\/guardimesh)\//g, `${folder}/$1/`)
    .replaceAll('/etc/nginx/security-headers.conf', join(CONFIG_FOLDER, 'security-headers.conf'))
    .replace('listen 8443', `listen unix:${folder}/nginx.sock`)
    .replace('/dev/stdout', `${folder}/access.log`)
  // Debian's nginx switches from root to a user that cannot read the folder.
  await writeFile(join(folder, 'nginx.conf'), `user root;\n${config}`)
}

function open(socketPath: string, path: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<IncomingMessage> {
  return new Promise((done, reject) => {
    const sent = request({ socketPath, path, method, headers, rejectUnauthorized: false, agent: false }, done)
    sent.on('error', reject).end(body)
  })
}

async function answerOf(answer: IncomingMessage): Promise<Answer> {
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) }
}

function presentedName(socketPath: string): Promise<string> {
  return new Promise((done, reject) => {
    const socket = connect({ path: socketPath, rejectUnauthorized: false }, () => {
      done(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    }).on('error', reject)
  })
}
