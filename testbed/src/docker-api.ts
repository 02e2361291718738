import { createReadStream } from 'node:fs'
import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { GuardError, messageOf } from '@guardimesh/kit'
import type { ExecResult } from './exec-result.js'

/** The Engine API of Debian 12's Docker; later ones still answer to it. */
const API_VERSION = 'v1.41'
const CALL_TIMEOUT_MS = 60_000
const STREAM_HEADER_BYTES = 8
const STDERR_STREAM = 2

export type DockerBody = Readonly<Record<string, unknown>>

/**
 * Calls the Docker Engine API on a Unix socket.
 *
 * @param path below the version, with its query; names in it must be URL-safe.
 * @returns the body of the answer.
 * @throws GuardError RUNTIME_UNAVAILABLE with Docker's own words.
 */
export async function callDocker(socketPath: string, method: string, path: string, body?: DockerBody): Promise<Buffer> {
  const json = Buffer.from(body === undefined ? '' : JSON.stringify(body))
  return send(
    { socketPath, method, path, headers: { 'content-type': 'application/json', 'content-length': json.length } },
    Readable.from([json]),
  )
}

/** Calls the API for one JSON object. */
export async function askDocker(socketPath: string, method: string, path: string, body?: DockerBody): Promise<DockerBody> {
  return JSON.parse((await callDocker(socketPath, method, path, body)).toString('utf8')) as DockerBody
}

/** Loads the images of an archive. */
export async function loadImages(socketPath: string, archiveFile: string): Promise<void> {
  const call = { socketPath, method: 'POST', path: '/images/load?quiet=1', headers: { 'content-type': 'application/x-tar' } }
  const answer = await send(call, createReadStream(archiveFile))
  // The status is sent before the archive is read, so a fault stands in the body.
  if (answer.includes('"errorDetail"')) throw new GuardError('RUNTIME_UNAVAILABLE', `Docker refused the image: ${answer.toString('utf8')}`)
}

/** Runs a command in a container to its end. */
export async function execInDocker(socketPath: string, containerId: string, argv: readonly string[]): Promise<ExecResult> {
  const start = { AttachStdout: true, AttachStderr: true, Cmd: argv }
  const { Id: execId } = await askDocker(socketPath, 'POST', `/containers/${containerId}/exec`, start)
  const output = splitOutput(await callDocker(socketPath, 'POST', `/exec/${execId}/start`, { Detach: false, Tty: false }))
  const { ExitCode: exitCode } = await askDocker(socketPath, 'GET', `/exec/${execId}/json`)
  return { exitCode: Number(exitCode), ...output }
}

/**
 * Takes the two outputs of a command apart. Pure.
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

async function send(call: RequestOptions, body: Readable): Promise<Buffer> {
  const what = `${call.method} ${call.path}`
  let status: number
  let answer: Buffer
  try {
    const outgoing = request({ ...call, path: `/${API_VERSION}${call.path}`, timeout: CALL_TIMEOUT_MS })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${CALL_TIMEOUT_MS} ms`)))
    const response = new Promise<IncomingMessage>((resolve, reject) => outgoing.once('response', resolve).once('error', reject))
    const [incoming] = await Promise.all([response, pipeline(body, outgoing)])
    status = incoming.statusCode ?? 0
    answer = await buffer(incoming)
  } catch (error) {
    throw new GuardError('RUNTIME_UNAVAILABLE', `Docker did not answer ${what}: ${messageOf(error)}`, {}, { cause: error })
  }
  if (status < 400) return answer
  throw new GuardError('RUNTIME_UNAVAILABLE', `Docker refused ${what}: ${answer.toString('utf8').trim()}`, { status })
}
