import { FIELD_MANAGER, LABELS } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { Informer, type WatchChange } from '@guardimesh/kit/kube/informer'
import { type KubeObject, type ObjectRef, refKey, refOf } from '../desired/object.js'
import { type Client, type KubeList, WATCH_SECONDS, type WatchEvent } from './client.js'
import { CHILD_KINDS, type Kind, PLATFORM, pathOf, SCANNER } from './kinds.js'

export interface CacheOptions {
  readonly client: Client
  readonly namespace: string
  /** The optional kinds that this cluster serves. */
  readonly optionalKinds: readonly Kind[]
  /** Called with the changed object; without one after a new list, when any object may have changed. */
  readonly onChange: (object?: KubeObject) => void
  readonly log: Logger
}

const PAGE_SIZE = 500

/** Caches both custom resources and all objects with the operator's label in one namespace, by watches. */
export class ObjectCache {
  readonly #informers = new Map<string, Informer<KubeObject>>()
  readonly kinds: readonly Kind[]

  constructor(options: CacheOptions) {
    this.kinds = [...CHILD_KINDS, ...options.optionalKinds, SCANNER]
    const managedByUs = `${LABELS.managedBy}=${FIELD_MANAGER}`
    for (const kind of [...CHILD_KINDS, ...options.optionalKinds])
      this.#informers.set(keyOf(kind), createInformer(options, kind, managedByUs))
    for (const kind of [PLATFORM, SCANNER]) this.#informers.set(keyOf(kind), createInformer(options, kind))
  }

  /** False until every kind has been listed once. */
  get isComplete(): boolean {
    return [...this.#informers.values()].every(({ hasListed }) => hasListed)
  }

  find({ apiVersion, kind, name }: ObjectRef): KubeObject | undefined {
    return this.#informers.get(keyOf({ apiVersion, kind }))?.items.get(name)
  }

  /** All children of both resources, and the scanner resources, by `refKey`. */
  snapshot(): ReadonlyMap<string, KubeObject> {
    return new Map(this.kinds.flatMap((kind) => this.list(kind)).map((object) => [refKey(refOf(object)), object]))
  }

  list(kind: Pick<Kind, 'apiVersion' | 'kind'>): readonly KubeObject[] {
    return [...(this.#informers.get(keyOf(kind))?.items.values() ?? [])]
  }

  /** All objects whose controller is the resource. */
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

function createInformer({ client, namespace, onChange, log }: CacheOptions, kind: Kind, labelSelector?: string): Informer<KubeObject> {
  const path = pathOf(kind, namespace)
  const selector = labelSelector ? { labelSelector } : {}
  // The items of a list have no apiVersion and kind of their own.
  const withKind = (item: KubeObject): KubeObject => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind })
  const list = async () => {
    const items: KubeObject[] = []
    let page: KubeList | undefined
    do {
      const query = new URLSearchParams({
        ...selector,
        limit: String(PAGE_SIZE),
        ...(page ? { continue: page.metadata.continue ?? '' } : {}),
      })
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
    return client.watch(`${path}?${query}`, (event) => forwardEvent(event, onEvent), signal)
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

/** Bookmarks are dropped: they carry only a resource version, which the next change carries as well. */
function forwardEvent({ type, object }: WatchEvent, onEvent: (change: WatchChange<KubeObject>) => void): void {
  if (type === 'BOOKMARK') return
  onEvent({ kind: type === 'DELETED' ? 'gone' : 'present', item: object, resourceVersion: object.metadata.resourceVersion ?? '' })
}
