import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { KIB_BYTES } from '@guardimesh/contracts'
import { argumentOf, JsonClient, KNOWN_SOCKETS, messageOf, socketPathOf } from '@guardimesh/kit'

/** A socket of a container runtime. */
export interface RuntimeSocket {
  readonly path: string
  /** Reason for choosing it. */
  readonly reason: string
}

export interface RuntimeAnswer extends RuntimeSocket {
  /** "containerd 1.7.2"; undefined when it did not answer. */
  readonly version: string | undefined
  /** Reason for no answer. */
  readonly error: string
}

const ANSWER_TIMEOUT_MS = 5_000
const DOCKER_LIMITS = { timeoutMs: ANSWER_TIMEOUT_MS, maxResponseBytes: 64 * KIB_BYTES }

/** Returns the socket that the kubelet configures, otherwise the existing well-known sockets in order of preference. */
export async function runtimeSockets(hostRoot: string): Promise<RuntimeSocket[]> {
  const named = await socketOfKubelet(hostRoot)
  if (named) return [named]
  return KNOWN_SOCKETS.map(({ socketPath }) => ({ path: socketPath, reason: 'the socket exists' })).filter(({ path }) =>
    existsSync(join(hostRoot, path)),
  )
}

/** Queries name and version of a runtime, by CRI, or by HTTP for Docker. */
export async function askRuntime(hostRoot: string, socket: RuntimeSocket): Promise<RuntimeAnswer> {
  const path = join(hostRoot, socket.path)
  try {
    const version = await (/docker[^/]*\.sock$/.test(path) ? dockerVersion(path) : criVersion(path))
    return { ...socket, version, error: '' }
  } catch (error) {
    return { ...socket, version: undefined, error: messageOf(error) }
  }
}

async function socketOfKubelet(hostRoot: string): Promise<RuntimeSocket | undefined> {
  const names = await readdir(join(hostRoot, 'proc')).catch(() => [])
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(join(hostRoot, 'proc', pid, 'cmdline'), 'utf8').catch(() => '')
    const [program = '', ...args] = command.split('\0')
    if (!/(^|\/)(kubelet|k3s|rke2|k0s)$/.test(program)) continue
    const endpoint = argumentOf(args, '--container-runtime-endpoint')
    if (endpoint) return { path: socketPathOf(endpoint), reason: "set in the kubelet's command line" }
    const configFile = argumentOf(args, '--config')
    const config = configFile ? await readFile(join(hostRoot, configFile), 'utf8').catch(() => '') : ''
    const configured = /["']?containerRuntimeEndpoint["']?\s*:\s*["']?([^"'\s#,}]+)/.exec(config)?.[1]
    if (configured) return { path: socketPathOf(configured), reason: "set in the kubelet's configuration" }
  }
  return undefined
}

/** Sends an empty VersionRequest without a gRPC library. Source: gRPC over HTTP/2; cri-api, runtime/v1, VersionResponse. */
async function criVersion(socketPath: string): Promise<string> {
  const session = connectHttp2('http://localhost', { createConnection: () => connect(socketPath) })
  try {
    const failed = new Promise<never>((_, reject) => session.once('error', reject))
    const stream = session.request({
      ':method': 'POST',
      ':path': '/runtime.v1.RuntimeService/Version',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.setTimeout(ANSWER_TIMEOUT_MS, () => stream.destroy(new Error(`no answer in ${ANSWER_TIMEOUT_MS / 1000} s`)))
    let refusal = ''
    const keepStatus = (headers: Record<string, unknown>) => {
      if (headers['grpc-status'] !== undefined && headers['grpc-status'] !== '0')
        refusal = String(headers['grpc-message'] ?? headers['grpc-status'])
    }
    stream.on('response', keepStatus).on('trailers', keepStatus)
    stream.end(Buffer.alloc(5))
    const answer = await Promise.race([buffer(stream), failed])
    if (refusal) throw new Error(refusal)
    const { 2: name = 'a runtime', 3: version = '' } = stringFields(answer.subarray(5))
    return `${name} ${version}`
  } finally {
    session.destroy()
  }
}

/** Decodes the string fields of a protobuf message of short strings, by number. */
function stringFields(message: Buffer): Record<number, string> {
  const fields: Record<number, string> = {}
  for (let at = 0; at + 1 < message.length; ) {
    const length = message[at + 1] ?? 0
    fields[(message[at] ?? 0) >> 3] = message.toString('utf8', at + 2, at + 2 + length)
    at += 2 + length
  }
  return fields
}

async function dockerVersion(socketPath: string): Promise<string> {
  using client = new JsonClient({ baseUrl: 'http://docker', socketPath, keepAlive: false, ...DOCKER_LIMITS })
  const { Version: version } = (await client.send({ path: '/version' })).json() as { readonly Version: string }
  return `Docker ${version}`
}
