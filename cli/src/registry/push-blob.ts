import { createReadStream } from 'node:fs'
import { backoffMs, sleep } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import type { HttpAnswer } from '../net/http-request.js'
import { type RegistryClient, refusalOf } from './registry-client.js'

/** A chunk that breaks is sent again, the ones before it are not. */
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
  /** A repository of the same registry that has the blob already, so that it need not be sent again. */
  readonly mountFrom: string | undefined
  readonly onSent?: (sizeBytes: number) => void
}

/** Makes a blob known in a repository. @returns what had to be done. @throws CommandError with the registry's words. */
export async function pushBlob(push: BlobPush): Promise<'existed' | 'mounted' | 'sent'> {
  const { client, repository, digest } = push
  const scope = scopeOf(push)
  const head = await client.send(scope, { method: 'HEAD', path: `/v2/${repository}/blobs/${digest}` })
  // Registries that keep blobs elsewhere answer with a redirect: it is there.
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

/** The rights that a push needs, in the words of token servers. Pure. */
function scopeOf({ repository, mountFrom }: BlobPush): string {
  const own = `repository:${repository}:pull,push`
  return mountFrom === undefined ? own : `${own} repository:${mountFrom}:pull`
}

/** Sends chunk after chunk; after a break it asks how far the registry got and goes on there. */
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

/** "0-1048575" means that so many bytes plus one are there; a registry without any says "0-0" or nothing. */
function receivedBytes({ headers }: HttpAnswer): number {
  const last = Number(/-([0-9]+)$/.exec(String(headers.range ?? ''))?.[1] ?? 0)
  return last === 0 ? 0 : last + 1
}

function locationOf(push: BlobPush, { headers }: HttpAnswer): string {
  if (!headers.location)
    throw new CommandError(`${push.client.address.host} does not say where ${push.repository} is uploaded to: it is no OCI registry.`)
  return headers.location
}

function refused({ client, repository, digest }: BlobPush, answer: HttpAnswer): CommandError {
  return new CommandError(`${client.address.host} did not take ${digest} for ${repository}: ${refusalOf(answer)}.`)
}
