import { createInterface } from 'node:readline'
import { FIELD_MANAGER } from '@guardimesh/contracts'
import { JsonClient, readBounded } from '@guardimesh/kit'
import type { KubeObject } from '../desired/object.js'
import type { ApiAccess } from './api-access.js'
import { pathOf } from './kinds.js'

const REQUEST_TIMEOUT_MS = 30_000
/** Far above the size of any object or list that the operator reads. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024

/** An error response of the API server. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** For example "NotFound", "Conflict" or "Expired". */
  readonly reason: string

  constructor(status: number, reason: string, message: string) {
    super(message)
    this.status = status
    this.reason = reason
  }
}

export interface KubeList {
  readonly items: readonly KubeObject[]
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  /** For type ERROR, a `Status`. */
  readonly object: KubeObject
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly contentType?: string
  readonly accept?: string
}

/**
 * Minimal client for the Kubernetes API. It passes objects through unchanged, whereas the models of the official client library drop
 * unknown fields.
 */
export class Client {
  readonly #http: JsonClient

  constructor({ server, ca, token }: ApiAccess) {
    this.#http = new JsonClient({
      baseUrl: server,
      tls: { ca },
      headers: async () => ({ authorization: `Bearer ${await token()}`, accept: 'application/json' }),
      timeoutMs: REQUEST_TIMEOUT_MS,
      maxResponseBytes: MAX_RESPONSE_BYTES,
      // Each watch occupies a connection.
      maxSockets: Number.POSITIVE_INFINITY,
    })
  }

  /** @throws ApiError for an error response; another Error if the server cannot be reached. */
  async get(path: string, accept?: string): Promise<unknown> {
    return this.#call({ method: 'GET', path, ...(accept ? { accept } : {}) })
  }

  /** @returns undefined if the object does not exist. */
  async read(object: Pick<KubeObject, 'apiVersion' | 'kind'>, namespace: string, name: string): Promise<KubeObject | undefined> {
    try {
      return (await this.get(pathOf(object, namespace, name))) as KubeObject
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  /** Server-side apply: sets the fields of `object` and removes fields of earlier applies that it lacks. */
  async apply(object: KubeObject): Promise<KubeObject> {
    const { namespace, name } = object.metadata
    const path = `${pathOf(object, namespace, name)}?fieldManager=${FIELD_MANAGER}&force=true`
    return (await this.#call({ method: 'PATCH', path, body: object, contentType: 'application/apply-patch+yaml' })) as KubeObject
  }

  async create(object: KubeObject): Promise<KubeObject> {
    const path = `${pathOf(object, object.metadata.namespace)}?fieldManager=${FIELD_MANAGER}`
    return (await this.#call({ method: 'POST', path, body: object })) as KubeObject
  }

  async replace(object: KubeObject): Promise<KubeObject> {
    const path = pathOf(object, object.metadata.namespace, object.metadata.name)
    return (await this.#call({ method: 'PUT', path, body: object })) as KubeObject
  }

  /** Merges a patch into the status subresource. */
  async patchStatus(object: KubeObject, status: unknown): Promise<void> {
    const path = `${pathOf(object, object.metadata.namespace, object.metadata.name)}/status?fieldManager=${FIELD_MANAGER}`
    await this.#call({ method: 'PATCH', path, body: { status }, contentType: 'application/merge-patch+json' })
  }

  /** Deletes an object if its uid is unchanged. Succeeds if it does not exist or was replaced. */
  async delete(object: KubeObject): Promise<void> {
    const { namespace, name, uid } = object.metadata
    const body = { propagationPolicy: 'Background', ...(uid ? { preconditions: { uid } } : {}) }
    try {
      await this.#call({ method: 'DELETE', path: pathOf(object, namespace, name), body })
    } catch (error) {
      if (!isNotFound(error) && !(error instanceof ApiError && error.reason === 'Conflict')) throw error
    }
  }

  /** Passes events to `onEvent` until the server ends the watch. @throws ApiError with the reason of an ERROR event, such as Expired. */
  async watch(path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> {
    // A stream of events: only an error response is read as a whole. The server ends an idle watch after its timeoutSeconds, so a
    // connection that is idle for longer is broken.
    const response = await this.#http.stream({ path, signal, idleTimeoutMs: WATCH_IDLE_TIMEOUT_MS })
    if (response.statusCode !== 200) {
      const body = await readBounded(response, MAX_RESPONSE_BYTES, { name: 'the response' })
      throw parseError(response.statusCode ?? 500, body.toString('utf8'))
    }
    for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
      const event = JSON.parse(line) as WatchEvent
      if (event.type === 'ERROR') throw toApiError(event.object as unknown as StatusObject)
      onEvent(event)
    }
  }

  async #call({ method, path, body, contentType, accept }: Call): Promise<unknown> {
    const headers = { ...(contentType ? { 'content-type': contentType } : {}), ...(accept ? { accept } : {}) }
    const response = await this.#http.send({ method, path, headers, json: body })
    if (!response.isOk) throw parseError(response.status, response.text())
    return response.headers['content-type']?.includes('json') ? response.json() : response.text()
  }
}

/** The server ends a watch after this long. */
export const WATCH_SECONDS = 290
/** The client ends it after this long without data. */
const WATCH_IDLE_TIMEOUT_MS = 320_000

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

function parseError(status: number, body: string): ApiError {
  try {
    return toApiError(JSON.parse(body))
  } catch {
    return new ApiError(status, 'Unknown', body.slice(0, 500))
  }
}

interface StatusObject {
  readonly code?: number
  readonly reason?: string
  readonly message?: string
}

/** Converts a Status object to an error with the server's message. */
function toApiError(status: StatusObject): ApiError {
  return new ApiError(status.code ?? 500, status.reason ?? 'Unknown', status.message ?? 'error response without a message')
}
