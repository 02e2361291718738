import { componentName, FIELD_MANAGER, type ImageTable, LABELS } from '@guardimesh/contracts'
import { aborted, background, type Logger, sleep } from '@guardimesh/kit'
import type { KubeObject } from './desired/object.js'
import type { ClusterFacts } from './desired/settings.js'
import { MANAGEMENT_KEY, signatureKeysSecret } from './desired/signature-names.js'
import { CA_KEY, caBundleName } from './desired/tls-names.js'
import { reconcilePlatform } from './guardimesh-platform/reconcile.js'
import { createSignatureEvents } from './guardimesh-platform/signature-events.js'
import { reconcileScanner } from './guardimesh-scanner/reconcile.js'
import { Applier } from './kube/applier.js'
import { ObjectCache } from './kube/cache.js'
import { type Client, isNotFound } from './kube/client.js'
import { type Kind, OPTIONAL_KINDS, PLATFORM, SCANNER } from './kube/kinds.js'
import { secretValues } from './kube/secret-data.js'
import { WorkQueue, type WorkResult } from './kube/work-queue.js'
import type { OperatorMetrics } from './metrics.js'
import { imageSettings, type OperatorContext } from './reconcile/context.js'
import { type PollTarget, SignaturePoller } from './signature-status/signature-poller.js'

export interface OperatorOptions {
  readonly client: Client
  readonly namespace: string
  readonly images: ImageTable
  readonly cluster: ClusterFacts
  readonly log: Logger
  readonly metrics: Pick<OperatorMetrics, 'countApply' | 'countReconcile'>
  readonly clock?: () => Date
}

const RESYNC_MS = 10 * 60_000
const POLL_INTERVAL_MS = 30_000
/** Used until every signature server has an active generation, so that a new platform becomes ready without delay. */
const STARTUP_POLL_INTERVAL_MS = 5_000
const CACHE_POLL_INTERVAL_MS = 50

/** Reconciles the resources of one namespace until its signal is aborted. */
export class Operator {
  readonly #options: OperatorOptions
  readonly #queue: WorkQueue
  #context: OperatorContext | undefined
  /** Keys of the events about signatures that were created. */
  readonly #reportedEvents = new Set<string>()

  constructor(options: OperatorOptions) {
    this.#options = options
    this.#queue = new WorkQueue({ work: (name) => this.#work(name), log: options.log, resyncMs: RESYNC_MS })
  }

  get depth(): number {
    return this.#queue.depth
  }

  async run(signal: AbortSignal): Promise<void> {
    const context = await this.#createContext(signal)
    this.#context = context
    background(this.#options.log, 'watching', context.cache.run(signal))
    while (!context.cache.isComplete && !signal.aborted) await sleep(CACHE_POLL_INTERVAL_MS, signal)
    this.#addAll()
    const polling = this.#poll(context, signal)
    await aborted(signal)
    await this.#queue.stop()
    await polling
  }

  async #poll({ signatures }: OperatorContext, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const haveGenerations = await signatures.pollAll()
      await signatures.waitForChange(haveGenerations ? POLL_INTERVAL_MS : STARTUP_POLL_INTERVAL_MS, signal)
    }
  }

  async #createContext(signal: AbortSignal): Promise<OperatorContext> {
    const { client, namespace, images, cluster, log, metrics, clock } = this.#options
    const optionalKinds = await findServedKinds(client, log, signal)
    const cache = new ObjectCache({ client, namespace, optionalKinds, log, onChange: (object) => this.#onChange(object) })
    return {
      client,
      cache,
      applier: new Applier({ client, cache, onApply: metrics.countApply }),
      signatures: new SignaturePoller({ targets: () => this.#pollTargets(), onChange: (name) => this.#queue.add(keyOf(PLATFORM, name)) }),
      namespace,
      cluster,
      version: images.version,
      optionalKinds,
      imageSettings: (fromSpec) => imageSettings(images, fromSpec),
      clock: clock ?? (() => new Date()),
      log,
    }
  }

  async #work(key: string): Promise<WorkResult> {
    const context = this.#context
    // With an incomplete cache, existing objects would appear to be missing.
    if (!context?.cache.isComplete) return { requeueAfterMs: CACHE_POLL_INTERVAL_MS }
    const [kind, name] = key.split('/') as [string, string]
    const { metrics, log, client } = this.#options
    const startedAtMs = performance.now()
    const count = (outcome: 'done' | 'failed') => {
      const durationMs = performance.now() - startedAtMs
      metrics.countReconcile(kind, outcome, durationMs)
      log.debug({ kind, name, outcome, durationMs }, 'reconciled')
    }
    try {
      const result = await (kind === PLATFORM.kind ? reconcilePlatform(name, context) : reconcileScanner(name, context))
      const platform = kind === PLATFORM.kind ? context.cache.find({ ...PLATFORM, name }) : undefined
      if (platform)
        background(
          log,
          'events',
          createSignatureEvents(client, platform, context.signatures.statusOf(name), context.clock(), this.#reportedEvents),
        )
      if (result === 'gone') context.applier.forgetDeleted()
      count('done')
      return result
    } catch (error) {
      count('failed')
      throw error
    }
  }

  /** Queues the resource that changed or that owns the changed object. */
  #onChange(object?: KubeObject): void {
    if (!object) {
      this.#addAll()
      return
    }
    const { kind, metadata } = object
    if (kind === PLATFORM.kind || kind === SCANNER.kind) this.#queue.add(`${kind}/${metadata.name}`)
    for (const owner of metadata.ownerReferences ?? []) if (owner.controller) this.#queue.add(`${owner.kind}/${owner.name}`)
    // Retained volumes, the encryption key and Secrets of cert-manager have no owner reference.
    if (!metadata.ownerReferences?.length && metadata.labels?.[LABELS.managedBy] === FIELD_MANAGER) this.#addAll()
  }

  #addAll(): void {
    const cache = this.#context?.cache
    if (!cache?.isComplete) return
    for (const kind of [PLATFORM, SCANNER]) for (const { metadata } of cache.list(kind)) this.#queue.add(keyOf(kind, metadata.name))
  }

  #pollTargets(): Map<string, PollTarget> {
    const { namespace, cluster } = this.#options
    const targets = new Map<string, PollTarget>()
    for (const { metadata } of this.#context?.cache.list(PLATFORM) ?? []) {
      const bundle = this.#context?.cache.find({ apiVersion: 'v1', kind: 'ConfigMap', name: caBundleName(metadata.name) })
      const ca = (bundle?.data as Readonly<Record<string, string>> | undefined)?.[CA_KEY]
      const keys = this.#context?.cache.find({ apiVersion: 'v1', kind: 'Secret', name: signatureKeysSecret(metadata.name) })
      const managementKey = secretValues(keys)[MANAGEMENT_KEY]
      const host = `${componentName(metadata.name, 'signature-server')}.${namespace}.svc.${cluster.domain}`
      if (ca && managementKey) targets.set(metadata.name, { url: `https://${host}`, ca, managementKey })
    }
    return targets
  }
}

const keyOf = ({ kind }: Kind, name: string) => `${kind}/${name}`

/**
 * Finds the optional kinds that the API server serves. Retries until it responds: a failed request does not mean that a kind is missing.
 */
async function findServedKinds(client: Client, log: Logger, signal: AbortSignal): Promise<Kind[]> {
  const found: Kind[] = []
  for (const kind of OPTIONAL_KINDS) {
    const resources = await getWithRetry(() => client.get(`/apis/${kind.apiVersion}`), log, signal)
    const { resources: served = [] } = (resources ?? {}) as { readonly resources?: readonly { readonly kind: string }[] }
    if (served.some((resource) => resource.kind === kind.kind)) found.push(kind)
  }
  return found
}

const RETRY_INTERVAL_MS = 1_000

/** Retries until the request succeeds. @returns undefined after a 404. */
async function getWithRetry<T>(get: () => Promise<T>, log: Logger, signal: AbortSignal): Promise<T | undefined> {
  for (;;) {
    try {
      return await get()
    } catch (error) {
      if (isNotFound(error) || signal.aborted) return undefined
      log.warn({ error }, 'API discovery failed, retrying')
      await sleep(RETRY_INTERVAL_MS, signal)
    }
  }
}
