import { ANNOTATIONS, type ConditionReason } from '@guardimesh/contracts'
import { pluralOf } from '@guardimesh/kit'
import type { KubeObject, ObjectRef, Owner } from '../desired/object.js'
import type { RejectedObject } from '../kube/applier.js'
import { secretValue } from '../kube/secret-data.js'

/** Why reconciling cannot proceed, and what the user can do about it. */
export interface Blocked {
  readonly reason: ConditionReason
  readonly message: string
}

/** Secrets of users are not watched, so a blocked resource is checked again after this long. */
export const BLOCKED_REQUEUE_MS = 15_000

/** Keeps the message below the limit of a condition, with room for the rest of the status. */
const MAX_REJECTION_LENGTH = 1000

/** Whether the annotation that stops all changes is set. Pure. */
export function isPaused({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[ANNOTATIONS.paused] === 'true'
}

export function specInvalid(problem: string): Blocked {
  return { reason: 'SpecInvalid', message: `The spec is invalid: ${problem}. Running components stay unchanged until it is corrected.` }
}

export function foreignObject(owner: Owner, { kind, name }: ObjectRef): Blocked {
  return {
    reason: 'ForeignObject',
    message: `${kind} ${name} already exists and does not belong to ${owner.kind} ${owner.name}. Rename or delete it, or give the ${owner.kind} another name. It was not modified.`,
  }
}

export function applyFailed({ ref, reason }: RejectedObject): Blocked {
  return {
    reason: 'ApplyFailed',
    message: `The API server rejected ${ref.kind} ${ref.name}: ${reason.slice(0, MAX_REJECTION_LENGTH)}. All other objects were applied.`,
  }
}

/** A Secret that a spec refers to. */
export interface SecretRequirement {
  /** Path in the spec. */
  readonly field: string
  readonly name: string
  readonly keys: readonly string[]
}

/** The first required Secret that does not exist or lacks a key; undefined if all are usable. Pure. */
export function firstUnusableSecret(
  requirements: readonly SecretRequirement[],
  secrets: ReadonlyMap<string, KubeObject | undefined>,
  namespace: string,
): Blocked | undefined {
  for (const { field, name, keys } of requirements) {
    const secret = secrets.get(name)
    if (!secret)
      return { reason: 'SecretMissing', message: `Secret ${name} (${field}) not found in namespace ${namespace}. Create the Secret.` }
    const missing = keys.filter((key) => secretValue(secret, key) === undefined)
    if (missing.length > 0)
      return {
        reason: 'SecretInvalid',
        message: `Secret ${name} (${field}) lacks the ${pluralOf(missing.length, 'key')} ${missing.join(', ')}. Add the missing ${pluralOf(missing.length, 'key')}.`,
      }
  }
  return undefined
}
