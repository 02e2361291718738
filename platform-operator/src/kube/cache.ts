import { FIELD_MANAGER, LABELS } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { Informer, type WatchChange } from '@guardimesh/kit/kube/informer'
import type { KubeObject, ObjectRef } from '../desired/object.js'
import { type Client, type KubeList, WATCH_SECONDS, type WatchEvent } from './client.js'
import { CHILD_KINDS, type Kind, PLATFORM, pathOf, SCANNER } from './kinds.js'

export interface CacheOptions {
  readonly client: Client
  readonly namespace: string
  /** Of the optional kinds those that the cluster has. */
  readonly optionalKinds: readonly Kind[]
  /** With the object that changed; without one when anything may have. */
  readonly onChange: (object?: KubeObject) => void
  readonly log: Logger
}

const PAGE = 500

/** A copy of both resources and of everything that the operator made, kept by watches on one namespace. */
export class ObjectCache {
  readonly #informers = new Map<string, Informer<KubeObject>>()
  readonly kinds: readonly Kind[]

  constructor(options: CacheOptions) {
    this.kinds = [...CHILD_KINDS, ...options.optionalKinds, SCANNER]
    const ours = `${LABELS.managedBy}=${FIELD_MANAGER}`
    for (const kind of [...CHILD_KINDS, ...options.optionalKinds]) this.#informers.set(keyOf(kind), informerOf(options, kind, ours))
    for (const kind of [PLATFORM, SCANNER]) this.#informers.set(keyOf(kind), informerOf(options, kind))
  }

  /** False until every kind was listed once. */
  get isComplete(): boolean {
    return [...this.#informers.values()].every(({ hasListed }) => hasListed)
  }

  find({ apiVersion, kind, name }: ObjectRef): KubeObject | undefined {
    return this.#informers.get(keyOf({ apiVersion, kind }))?.items.get(name)
  }

  list(kind: Pick<Kind, 'apiVersion' | 'kind'>): readonly KubeObject[] {
    return [...(this.#informers.get(keyOf(kind))?.items.values() ?? [])]
  }

  /** Everything that a resource is the controller of. */
  childrenOf(ownerUid: string): KubeObject[] {
    return this.kinds
      .flatMap((kind) => this.list(kind))
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid, controller }) => uid === ownerUid && controller))
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([...this.#informers.values()].map((informer) => informer.run(signal)))
  }
}

const keyOf = ({ apiVersion, kind }: Pick<Kind, 'apiVersion' | 'kind'>) => `${apiVersion}/${kind}`

function informerOf({ client, namespace, onChange, log }: CacheOptions, kind: Kind, labelSelector?: string): Informer<KubeObject> {
  const path = pathOf(kind, namespace)
  const selector = labelSelector ? { labelSelector } : {}
  // Items of a list come without the kind that the list has.
  const withKind = (item: KubeObject): KubeObject => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind })
  const list = async () => {
    const items: KubeObject[] = []
    let page: KubeList | undefined
    do {
      const query = new URLSearchParams({ ...selector, limit: String(PAGE), ...(page ? { continue: page.metadata.continue ?? '' } : {}) })
      page = (await client.get(`${path}?${query}`)) as KubeList
      items.push(...page.items.map(withKind))
    } while (page.metadata.continue)
    return { items, resourceVersion: page.metadata.resourceVersion }
  }
  const watch = (resourceVersion: string, onEvent: (change: WatchChange<KubeObject>) => void, signal: AbortSignal) => {
    const query = new URLSearchParams({
      ...selector,
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(WATCH_SECONDS),
    })
    return client.watch(`${path}?${query}`, (event) => tell(event, onEvent), signal)
  }
  return new Informer({
    name: kind.plural,
    keyOf: ({ metadata }) => metadata.name,
    list,
    watch,
    onChange: (change) => onChange(change?.item),
    log,
  })
}

/** A bookmark only says how far the watch is; the next change says that, too. */
function tell({ type, object }: WatchEvent, onEvent: (change: WatchChange<KubeObject>) => void): void {
  if (type === 'BOOKMARK') return
  onEvent({ kind: type === 'DELETED' ? 'gone' : 'present', item: object, resourceVersion: object.metadata.resourceVersion ?? '' })
}
