import { createReadStream } from 'node:fs'
import { CommandError } from '../command-error.js'
import type { HttpAnswer } from '../net/http-request.js'
import { refusalOf } from './refusal.js'
import { type RegistryAnswer, type RegistryClient, resolveLocation } from './registry-client.js'

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
  /** Receives the difference to the last call; it is negative when an upload starts again. */
  readonly onSent?: (sizeBytes: number) => void
  readonly signal?: AbortSignal
}

/** An open upload of a registry. */
export interface UploadSession {
  readonly location: string
  readonly receivedBytes: number
  /** Smallest chunk that the registry accepts. */
  readonly minimumBytes: number
}

/** Builds the token scope of a push. Pure. */
function scopeOf({ repository, mountFrom }: BlobPush): string {
  const own = `repository:${repository}:pull,push`
  return mountFrom === undefined ? own : `${own} repository:${mountFrom}:pull`
}

interface BlobRequest {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | number>>
  /** Part of the file to send; the end is exclusive. */
  readonly range?: readonly [start: number, end: number]
}

/** Sends one request of an upload. */
export function sendForBlob(push: BlobPush, { method, path, headers = {}, range }: BlobRequest): Promise<RegistryAnswer> {
  const [start, end] = range ?? [0, 0]
  const content = range && {
    headers: { 'content-type': 'application/octet-stream', 'content-length': end - start, ...headers },
    body: () => createReadStream(push.file, { start, end: end - 1 }),
  }
  return push.client.send(scopeOf(push), { method, path, headers, signal: push.signal, ...content })
}

/** @returns false if the blob is missing. */
export async function hasBlob(push: BlobPush): Promise<boolean> {
  const head = await sendForBlob(push, { method: 'HEAD', path: `/v2/${push.repository}/blobs/${push.digest}` })
  // Registries with external blob storage answer with a redirect: the blob exists.
  if (head.status === 200 || head.status === 307) return true
  if (head.status === 404) return false
  throw rejected(push, head)
}

/** Opens an upload. @returns undefined if the registry mounted the blob from another repository instead. */
export async function openUpload(push: BlobPush): Promise<UploadSession | undefined> {
  const mount = push.mountFrom === undefined ? '' : `?mount=${encodeURIComponent(push.digest)}&from=${encodeURIComponent(push.mountFrom)}`
  const path = `/v2/${push.repository}/blobs/uploads/${mount}`
  const begun = await sendForBlob(push, { method: 'POST', path, headers: { 'content-length': 0 } })
  if (begun.status === 201) return undefined
  if (begun.status !== 202) throw rejected(push, begun)
  const minimumBytes = Number(begun.headers['oci-chunk-min-length'] ?? 0)
  return { location: locationOf(push, begun), receivedBytes: 0, minimumBytes: Number.isSafeInteger(minimumBytes) ? minimumBytes : 0 }
}

/** Queries how much of an upload the registry received. @returns undefined if it no longer has the upload. */
export async function queryUpload(push: BlobPush, session: UploadSession): Promise<UploadSession | undefined> {
  const answer = await sendForBlob(push, { method: 'GET', path: session.location })
  if (answer.status !== 204) return undefined
  const { location } = answer.headers
  return {
    ...session,
    location: location === undefined ? session.location : resolveLocation(location, answer.url),
    receivedBytes: receivedBytes(answer),
  }
}

/** Parses the range of received bytes: "0-1048575" means 1,048,576; "0-0" or no header means none. */
function receivedBytes({ headers }: HttpAnswer): number {
  const last = Number(/-([0-9]+)$/.exec(String(headers.range ?? ''))?.[1] ?? 0)
  return last === 0 ? 0 : last + 1
}

/** Returns the address at which an upload continues. It may be at another host. */
export function locationOf({ client, repository }: BlobPush, { headers, url }: RegistryAnswer): string {
  if (!headers.location)
    throw new CommandError(`${client.address.host} returned no upload location for ${repository}: it is not an OCI registry.`)
  return resolveLocation(headers.location, url)
}

export function rejected({ client, repository, digest }: BlobPush, answer: RegistryAnswer): CommandError {
  const { host } = client.address
  const { host: sender } = answer.url
  if (sender === new URL(client.address.origin).host)
    return new CommandError(`${host} rejected ${digest} for ${repository}: ${refusalOf(answer)}.`)
  const without = answer.status === 401 || answer.status === 403 ? `, which does not receive the credentials of ${host}` : ''
  return new CommandError(
    `${host} redirected the upload of ${digest} for ${repository} to ${sender}${without}. It was rejected there: ${refusalOf(answer)}.`,
  )
}
