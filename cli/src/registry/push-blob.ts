import { createReadStream } from 'node:fs'
import { backoffMs, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import type { HttpAnswer } from '../net/http-request.js'
import { type RegistryClient, refusalOf } from './registry-client.js'

/** After a failure only the current chunk is sent again. */
export const CHUNK_BYTES = 16 * 1024 * 1024
const ATTEMPTS_MAX = 5
const RETRY = { firstMs: 500, maxMs: 10_000 }

export interface BlobPush {
  readonly client: RegistryClient
  /** "security/backend". */
  readonly repository: string
  readonly digest: string
  readonly sizeBytes: number
  /** File with the content. */
  readonly file: string
  /** A repository of the same registry with the blob, from which it can be mounted instead of sent. */
  readonly mountFrom: string | undefined
  readonly onSent?: (sizeBytes: number) => void
}

/** Ensures that a repository has a blob. @returns whether it existed, was mounted or was sent. @throws CommandError with the message of the registry. */
export async function pushBlob(push: BlobPush): Promise<'existed' | 'mounted' | 'sent'> {
  const { client, repository, digest } = push
  const scope = scopeOf(push)
  const head = await client.send(scope, { method: 'HEAD', path: `/v2/${repository}/blobs/${digest}` })
  // Registries with external blob storage answer with a redirect: the blob exists.
  if (head.status === 200 || head.status === 307) return 'existed'
  if (head.status !== 404) throw refused(push, head)
  const mount = push.mountFrom === undefined ? '' : `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(push.mountFrom)}`
  const begun = await client.send(scope, {
    method: 'POST',
    path: `/v2/${repository}/blobs/uploads/${mount}`,
    headers: { 'content-length': 0 },
  })
  if (begun.status === 201) return 'mounted'
  if (begun.status !== 202) throw refused(push, begun)
  await upload(push, scope, locationOf(push, begun))
  return 'sent'
}

/** Builds the token scope of a push. Pure. */
function scopeOf({ repository, mountFrom }: BlobPush): string {
  const own = `repository:${repository}:pull,push`
  return mountFrom === undefined ? own : `${own} repository:${mountFrom}:pull`
}

/** Sends the chunks; after a failure it queries the received size and resumes there. */
async function upload(push: BlobPush, scope: string, firstLocation: string): Promise<void> {
  let location = firstLocation
  let failures = 0
  for (let sent = 0; sent < push.sizeBytes; ) {
    const end = Math.min(sent + CHUNK_BYTES, push.sizeBytes)
    try {
      const answer = await sendChunk({ push, scope, location, start: sent, end })
      location = locationOf(push, answer)
      push.onSent?.(end - sent)
      sent = end
      failures = 0
    } catch (error) {
      failures += 1
      if (error instanceof CommandError || failures >= ATTEMPTS_MAX) throw error
      await sleep(backoffMs(failures, RETRY))
      const state = await push.client.send(scope, { method: 'GET', path: location })
      if (state.status !== 204) throw refused(push, state)
      location = locationOf(push, state)
      sent = receivedBytes(state)
    }
  }
  const separator = location.includes('?') ? '&' : '?'
  const path = `${location}${separator}digest=${encodeURIComponent(push.digest)}`
  const done = await push.client.send(scope, { method: 'PUT', path, headers: { 'content-length': 0 } })
  if (done.status !== 201) throw refused(push, done)
}

interface Chunk {
  readonly push: BlobPush
  readonly scope: string
  readonly location: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

async function sendChunk({ push, scope, location, start, end }: Chunk): Promise<HttpAnswer> {
  const answer = await push.client.send(scope, {
    method: 'PATCH',
    path: location,
    headers: { 'content-type': 'application/octet-stream', 'content-length': end - start, 'content-range': `${start}-${end - 1}` },
    body: () => createReadStream(push.file, { start, end: end - 1 }),
  })
  if (answer.status === 202 || answer.status === 201 || answer.status === 204) return answer
  if (answer.status >= 500 || answer.status === 416 || answer.status === 429) throw new Error(refused(push, answer).message)
  throw refused(push, answer)
}

/** Parses the range of received bytes: "0-1048575" means 1,048,576; "0-0" or no header means none. */
function receivedBytes({ headers }: HttpAnswer): number {
  const last = Number(/-([0-9]+)$/.exec(String(headers.range ?? ''))?.[1] ?? 0)
  return last === 0 ? 0 : last + 1
}

function locationOf(push: BlobPush, { headers }: HttpAnswer): string {
  if (!headers.location)
    throw new CommandError(`${push.client.address.host} returned no upload location for ${push.repository}: it is not an OCI registry.`)
  return headers.location
}

function refused({ client, repository, digest }: BlobPush, answer: HttpAnswer): CommandError {
  return new CommandError(`${client.address.host} rejected ${digest} for ${repository}: ${refusalOf(answer)}.`)
}
