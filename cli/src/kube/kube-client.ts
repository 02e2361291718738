import type { RequestOptions } from 'node:https'
import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { JsonClient, type JsonResponse, messageOf, RequestError } from '@guardimesh/kit'
import { KubeConfig } from '@kubernetes/client-node'
import { CommandError } from '../command-error.js'

/** Lists are read page by page, so responses stay far below the maximum. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxResponseBytes: 64 * MIB_BYTES }
const PAGE_ITEMS = 250

/** The common part of Kubernetes objects. */
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

/** An error response of the API server. */
export class KubeError extends CommandError {
  readonly status: number

  constructor(path: string, response: JsonResponse) {
    super(`The Kubernetes API returned ${response.status} for ${path.split('?')[0]}: ${messageIn(response.text())}`)
    this.status = response.status
  }
}

/** Client of the Kubernetes API with the credentials of a kubeconfig. Responses are returned as parsed JSON, without validation. */
export class KubeClient {
  readonly config: KubeConfig

  constructor(config: KubeConfig) {
    this.config = config
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.send('GET', path)).json() as Answer
  }

  /** Reads all items of a list. */
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
    return (await this.send('POST', path, body)).json() as Answer
  }

  /** Sends a merge patch: null removes a field. */
  async patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.send('PATCH', path, body)).json() as Answer
  }

  /** @throws KubeError for every status but 2xx. */
  async send(method: string, path: string, body?: unknown): Promise<JsonResponse> {
    const cluster = this.config.getCurrentCluster()
    if (!cluster) throw new CommandError('The kubeconfig has no current cluster: select a kubeconfig with --kubeconfig.')
    const options: RequestOptions = {}
    await this.config.applyToHTTPSOptions(options)
    using client = new JsonClient({
      baseUrl: cluster.server,
      keepAlive: false,
      tls: tlsOf(options),
      headers: headersOf(options),
      ...LIMITS,
    })
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const headers = { accept: 'application/json, */*', 'content-type': contentType }
    const response = await client.send({ method, path, headers, ...(body === undefined ? {} : { json: body }) }).catch((error: unknown) => {
      const reason = error instanceof RequestError ? error.reason : messageOf(error)
      throw new CommandError(`The Kubernetes API at ${new URL(cluster.server).origin} is unreachable: ${reason}.`, { cause: error })
    })
    if (!response.isOk) throw new KubeError(path, response)
    return response
  }
}

function tlsOf({ ca, cert, key, passphrase, pfx, rejectUnauthorized, servername }: RequestOptions) {
  const options = { ca, cert, key, passphrase, pfx, rejectUnauthorized, servername }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const basic = auth ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {}
  return { ...basic, ...(headers as Record<string, string> | undefined) }
}

/**
 * Loads a kubeconfig.
 *
 * @param file default: KUBECONFIG, the home folder, or the service account of a pod.
 * @throws CommandError when the kubeconfig is invalid.
 */
export function connectCluster(file: string | undefined): KubeClient {
  const config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else config.loadFromFile(file)
  } catch (error) {
    throw new CommandError(`Invalid kubeconfig${file === undefined ? '' : ` ${file}`}: ${messageOf(error)}.`, { cause: error })
  }
  return new KubeClient(config)
}

/** Whether the object, or its kind, does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.status === 404
}

function messageIn(text: string): string {
  try {
    return String(JSON.parse(text).message ?? text)
  } catch {
    return text.slice(0, 500)
  }
}
