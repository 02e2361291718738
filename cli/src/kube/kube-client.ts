import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { messageOf, systemCodeOf } from '@guardimesh/kit'
import { KubeConfig } from '@kubernetes/client-node'
import { CommandError } from '../command-error.js'

const TIMEOUT_MS = 30_000
/** A list is read page by page, so that no answer is too large. */
const PAGE_ITEMS = 250

/** An object of the API as far as all of them are alike. */
export interface KubeObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly resourceVersion?: string
  }
}

interface KubeList {
  readonly items: readonly unknown[]
  readonly metadata?: { readonly continue?: string }
}

interface KubeAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The API server's refusal. */
export class KubeError extends CommandError {
  readonly status: number

  constructor(path: string, status: number, body: Buffer) {
    super(`The Kubernetes API answers ${status} for ${path.split('?')[0]}: ${messageIn(body)}`)
    this.status = status
  }
}

/** The few calls that commands need, with the login of a kubeconfig. Answers are JSON as the server gives it. */
export class KubeClient {
  readonly config: KubeConfig

  constructor(config: KubeConfig) {
    this.config = config
  }

  async get<Answer>(path: string): Promise<Answer> {
    return this.#json(await this.send('GET', path))
  }

  /** Every item of a list. */
  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = []
    const separator = path.includes('?') ? '&' : '?'
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: KubeList = await this.get(`${path}${separator}limit=${PAGE_ITEMS}${next && `&continue=${encodeURIComponent(next)}`}`)
      items.push(...(page.items as Item[]))
      next = page.metadata?.continue || undefined
    }
    return items
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#json(await this.send('POST', path, body))
  }

  /** A merge patch: null removes a field. */
  async patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#json(await this.send('PATCH', path, body))
  }

  /** @throws KubeError for every answer but 2xx. */
  async send(method: string, path: string, body?: unknown): Promise<KubeAnswer> {
    const cluster = this.config.getCurrentCluster()
    if (!cluster) throw new CommandError('There is no cluster in the kubeconfig: name one with --kubeconfig.')
    const url = new URL(`${cluster.server.replace(/\/$/, '')}${path}`)
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const options: RequestOptions = { method, headers: { accept: 'application/json, */*', 'content-type': contentType } }
    await this.config.applyToHTTPSOptions(options)
    // The client's own agent is for its WebSockets.
    delete options.agent
    const answer = await exchange(url, { ...options, timeout: TIMEOUT_MS }, body).catch((error: unknown) => {
      throw new CommandError(`The Kubernetes API at ${url.origin} cannot be reached: ${messageOf(error) || systemCodeOf(error)}.`, {
        cause: error,
      })
    })
    if (answer.status < 200 || answer.status > 299) throw new KubeError(path, answer.status, answer.body)
    return answer
  }

  #json<Answer>({ body }: KubeAnswer): Answer {
    return JSON.parse(body.toString('utf8'))
  }
}

/** @param file undefined: KUBECONFIG, the home folder, or the service account of a pod. @throws CommandError when it cannot be read. */
export function connectCluster(file: string | undefined): KubeClient {
  const config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else config.loadFromFile(file)
  } catch (error) {
    throw new CommandError(`The kubeconfig ${file ?? ''} cannot be used: ${messageOf(error)}.`, { cause: error })
  }
  return new KubeClient(config)
}

/** True for "not found" and for "there is no such kind". */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.status === 404
}

async function exchange(url: URL, options: RequestOptions, body: unknown): Promise<KubeAnswer> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options)
  request.on('timeout', () => request.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)))
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (answer) => {
      buffer(answer).then((content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }), reject)
    })
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function messageIn(body: Buffer): string {
  const text = body.toString('utf8')
  try {
    return String(JSON.parse(text).message ?? text)
  } catch {
    return text.slice(0, 500)
  }
}
