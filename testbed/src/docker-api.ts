import { readFile } from 'node:fs/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { JsonClient, type JsonRequest } from '@guardimesh/kit'
import type { ExecResult } from './exec-result.js'

/** The Engine API of Debian 12's Docker; later versions still support it. */
const API_VERSION = 'v1.41'
const LIMITS = { timeoutMs: 60_000, maxResponseBytes: 64 * MIB_BYTES }
const STREAM_HEADER_BYTES = 8
const STDERR_STREAM = 2

export type DockerBody = Readonly<Record<string, unknown>>

/**
 * Calls the Docker Engine API on a Unix socket.
 *
 * @param path below the version, with its query; names in it must be URL-safe.
 * @returns the body of the response.
 * @throws Error with the message of Docker.
 */
export async function callDocker(socketPath: string, method: string, path: string, body?: DockerBody): Promise<Buffer> {
  return send(socketPath, { method, path, ...(body === undefined ? {} : { json: body }) })
}

/** Calls the API for one JSON object. */
export async function readDockerObject(socketPath: string, method: string, path: string, body?: DockerBody): Promise<DockerBody> {
  return JSON.parse((await callDocker(socketPath, method, path, body)).toString('utf8')) as DockerBody
}

/** Loads the images of an archive. */
export async function loadImages(socketPath: string, archiveFile: string): Promise<void> {
  const archive = { bytes: await readFile(archiveFile), headers: { 'content-type': 'application/x-tar' } }
  const answer = await send(socketPath, { method: 'POST', path: '/images/load?quiet=1', ...archive })
  // Docker sends the status before it reads the archive, so the body reports errors.
  if (answer.includes('"errorDetail"')) throw new Error(`Docker rejected the image: ${answer.toString('utf8')}`)
}

/** Runs a command in a container to its end. */
export async function execInDocker(socketPath: string, containerId: string, argv: readonly string[]): Promise<ExecResult> {
  const start = { AttachStdout: true, AttachStderr: true, Cmd: argv }
  const { Id: execId } = await readDockerObject(socketPath, 'POST', `/containers/${containerId}/exec`, start)
  const output = splitOutput(await callDocker(socketPath, 'POST', `/exec/${execId}/start`, { Detach: false, Tty: false }))
  const { ExitCode: exitCode } = await readDockerObject(socketPath, 'GET', `/exec/${execId}/json`)
  return { exitCode: Number(exitCode), ...output }
}

/**
 * Splits the multiplexed output of a command. Pure.
 * Source: Docker Engine API 1.41, "Attach to a container", stream format: kind (1 byte), 3 zero bytes, length (4 bytes, big endian), text.
 */
function splitOutput(stream: Buffer): { stdout: string; stderr: string } {
  const parts = { stdout: '', stderr: '' }
  for (let at = 0; at + STREAM_HEADER_BYTES <= stream.length; ) {
    const end = at + STREAM_HEADER_BYTES + stream.readUInt32BE(at + 4)
    parts[stream[at] === STDERR_STREAM ? 'stderr' : 'stdout'] += stream.toString('utf8', at + STREAM_HEADER_BYTES, end)
    at = end
  }
  return parts
}

async function send(socketPath: string, request: JsonRequest): Promise<Buffer> {
  using client = new JsonClient({ baseUrl: `http://docker/${API_VERSION}`, socketPath, keepAlive: false, ...LIMITS })
  const response = await client.send(request)
  if (response.status < 400) return response.bytes
  throw new Error(`Docker returned ${response.status} for ${request.method} ${request.path}: ${response.text().trim()}`)
}
