import type { IncomingMessage } from 'node:http'
import { GuardError, JsonClient, RequestError } from '@guardimesh/kit'
import { z } from 'zod'

/** Maximum size of a response. The list of 500 containers has about 1 MiB. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024
/** Maximum size of an event, whose attributes include the container's labels. */
const MAX_EVENT_BYTES = 1024 * 1024

const Version = z.object({ Version: z.string() })
const Listed = z.array(z.object({ Id: z.string() }))
const MountPoint = z.object({
  Type: z.string().default(''),
  Source: z.string().default(''),
  Destination: z.string(),
  RW: z.boolean().default(true),
})
const Inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string().default(''),
  State: z.object({ Running: z.boolean(), Pid: z.number().int(), StartedAt: z.string().default('') }),
  Config: z.object({ Image: z.string().default(''), Labels: z.record(z.string(), z.string()).nullish() }),
  // Missing with the containerd image store (optional since Docker 25).
  GraphDriver: z.object({ Name: z.string(), Data: z.record(z.string(), z.string()).nullish() }).nullish(),
  Mounts: z.array(MountPoint).nullish(),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.object({ IPAddress: z.string().default('') })).nullish() }).nullish(),
})
const Image = z.object({
  RepoDigests: z.array(z.string()).nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish(),
})
const Event = z.object({ Action: z.string().default(''), Actor: z.object({ ID: z.string() }) })

/** A container as returned by Docker's Engine API. */
export type DockerContainer = z.infer<typeof Inspected>

/** Facts of an image; the diff ids of its layers begin with the lowest. */
export interface DockerImage {
  readonly repoDigests: readonly string[]
  readonly diffIds: readonly string[]
}

/** Client for Docker's Engine API on its Unix socket. Every method throws GuardError RUNTIME_UNAVAILABLE. */
export class DockerClient implements Disposable {
  readonly #http: JsonClient

  /** @param socketPath path in this process's file system. */
  constructor(socketPath: string, timeoutMs: number) {
    this.#http = new JsonClient({ baseUrl: 'http://docker', socketPath, timeoutMs, maxResponseBytes: MAX_RESPONSE_BYTES })
  }

  async version(): Promise<string> {
    return (await this.#getExisting('/version', Version)).Version
  }

  /** Returns the ids of the running containers. */
  async listRunning(): Promise<string[]> {
    const filters = encodeURIComponent(JSON.stringify({ status: ['running'] }))
    return (await this.#getExisting(`/containers/json?filters=${filters}`, Listed)).map(({ Id }) => Id)
  }

  /** @returns undefined when the container does not exist. */
  inspect(containerId: string): Promise<DockerContainer | undefined> {
    return this.#get(`/containers/${encodeURIComponent(containerId)}/json`, Inspected)
  }

  /** Returns the names of the image with digest, "name@sha256:…", and the diff ids of its layers, the lowest first. Both are empty if it is gone. */
  async image(imageId: string): Promise<DockerImage> {
    const image = await this.#get(`/images/${encodeURIComponent(imageId)}/json`, Image)
    return { repoDigests: image?.RepoDigests ?? [], diffIds: image?.RootFS?.Layers ?? [] }
  }

  /** Calls `onChange` for each container that starts or stops, until the signal is aborted. */
  async watchEvents(onChange: (containerId: string, kind: 'started' | 'ended') => void, signal: AbortSignal): Promise<void> {
    const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: ['start', 'die'] }))
    let response: IncomingMessage | undefined
    try {
      // A node may have no event for hours.
      response = await this.#http.stream({ path: `/events?filters=${filters}`, signal, idleTimeoutMs: 0 })
      for await (const line of readLines(response)) {
        const event = Event.safeParse(parseJson(line))
        if (event.success) onChange(event.data.Actor.ID, event.data.Action === 'start' ? 'started' : 'ended')
      }
    } catch (error) {
      if (!signal.aborted) throw unavailable('/events', error)
    } finally {
      response?.destroy()
    }
    if (!signal.aborted) throw unavailable('/events', new Error('the stream ended'))
  }

  [Symbol.dispose](): void {
    this.#http.close()
  }

  async #getExisting<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    const answer = await this.#get(path, schema)
    if (answer === undefined) throw unavailable(path, new Error('status 404'))
    return answer
  }

  async #get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema> | undefined> {
    try {
      const response = await this.#http.send({ path })
      if (response.status === 404) return undefined
      if (response.status !== 200) throw new Error(`status ${response.status}: ${response.text().slice(0, 200)}`)
      return response.json(schema) as z.infer<Schema>
    } catch (error) {
      throw unavailable(path, error)
    }
  }
}

function unavailable(path: string, error: unknown): GuardError {
  if (error instanceof GuardError) return error
  const cause = error instanceof RequestError ? error.cause : error
  return new GuardError('RUNTIME_UNAVAILABLE', `request ${path.split('?', 1)[0]} to Docker failed: ${String(cause)}`, {}, { cause })
}

async function* readLines(response: IncomingMessage): AsyncGenerator<string> {
  let rest = ''
  response.setEncoding('utf8')
  for await (const chunk of response as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_EVENT_BYTES) throw new Error(`event larger than ${MAX_EVENT_BYTES} bytes`)
    yield* lines
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
