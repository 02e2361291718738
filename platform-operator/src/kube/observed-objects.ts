import { FIELD_MANAGER, LABELS } from '@guardimesh/contracts'
import { type KubeObject, type ObjectRef, type Owner, refKey } from '../desired/object.js'
import { encryptionKeySecret } from '../desired/platform-settings.js'
import type { ObjectCache } from './cache.js'
import type { Client } from './client.js'

/** Objects as they were when a reconcile began, by `refKey`. */
export type ObservedObjects = ReadonlyMap<string, KubeObject>

interface Reader {
  readonly cache: ObjectCache
  readonly client: Client
  readonly namespace: string
}

/**
 * Reads every object that the operator manages, and the objects with the given names. The cache contains only objects with our label; a
 * missing name may belong to another owner, so query the API server.
 *
 * @param stale objects whose cached copy is too old to decide on; they are read from the API server as well.
 */
export async function readObjects(
  { cache, client, namespace }: Reader,
  refs: readonly ObjectRef[],
  stale: readonly ObjectRef[] = [],
): Promise<ObservedObjects> {
  const objects = new Map(cache.snapshot())
  for (const ref of stale) objects.delete(refKey(ref))
  const missing = refs.filter((ref) => !objects.has(refKey(ref)))
  const read = await Promise.all(missing.map(async (ref) => [refKey(ref), await client.read(ref, namespace, ref.name)] as const))
  for (const [key, object] of read) if (object) objects.set(key, object)
  return objects
}

/** Reads the Secrets that a spec refers to. Those of users carry no label of ours and are read from the API server. */
export async function readSecrets(
  { cache, client, namespace }: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, KubeObject | undefined>> {
  const read = async (name: string) => [name, cache.find({ ...SECRET, name }) ?? (await client.read(SECRET, namespace, name))] as const
  return new Map(await Promise.all([...new Set(names)].map(read)))
}

const SECRET = { apiVersion: 'v1', kind: 'Secret' }

/** The first of the names that an object of another owner has; undefined if there is none. Pure. */
export function firstForeignObject(owner: Owner, refs: readonly ObjectRef[], objects: ObservedObjects): ObjectRef | undefined {
  return refs.find((ref) => {
    const object = objects.get(refKey(ref))
    return object !== undefined && !isOwned(object, owner)
  })
}

/** Whether a resource owns an object. A retained volume and the encryption key have no owner reference; their labels name the resource. Pure. */
export function isOwned({ kind, metadata }: KubeObject, owner: Owner): boolean {
  const controller = metadata.ownerReferences?.find(({ controller }) => controller)
  if (controller) return controller.uid === owner.uid
  const { labels } = metadata
  const isRetained = kind === 'PersistentVolumeClaim' || (kind === 'Secret' && metadata.name === encryptionKeySecret(owner.name))
  return isRetained && labels?.[LABELS.managedBy] === FIELD_MANAGER && labels[LABELS.instance] === owner.name
}
