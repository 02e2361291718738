import { type Logger, sleep } from '@guardimesh/kit'
import type { KubeObject } from '../desired/object.js'
import { ApiError, type Client } from './client.js'

export interface LeaderElectionOptions {
  readonly client: Client
  readonly namespace: string
  readonly leaseName: string
  /** Name of this pod, recorded as the holder of the Lease. */
  readonly identity: string
  /** Uid of this pod. It owns the Lease, so the cluster deletes the Lease when the operator is uninstalled. */
  readonly podUid?: string | undefined
  readonly log: Logger
  readonly leaseSeconds?: number
}

interface LeaseSpec {
  readonly holderIdentity?: string
  readonly leaseDurationSeconds?: number
  readonly renewTime?: string
  readonly acquireTime?: string
  readonly leaseTransitions?: number
}

const DEFAULT_LEASE_SECONDS = 15

/**
 * Elects one of several operators as leader by a Lease. Expiry is measured on the local clock only, because the clocks of nodes differ.
 */
export class LeaderElection {
  readonly #options: LeaderElectionOptions & { readonly leaseSeconds: number }
  #lastChange: { readonly version: string | undefined; readonly atMs: number } = { version: undefined, atMs: 0 }
  #isLeader = false

  constructor(options: LeaderElectionOptions) {
    this.#options = { leaseSeconds: DEFAULT_LEASE_SECONDS, ...options }
  }

  get isLeader(): boolean {
    return this.#isLeader
  }

  /**
   * Acquires the Lease, runs `work` while holding it, and releases it at the end. After losing the Lease, it waits to acquire it again.
   *
   * @param work started each time the Lease is acquired; its signal is aborted when the Lease is lost or `signal` is aborted.
   */
  async lead(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { log, identity } = this.#options
    while (!signal.aborted) {
      while (!signal.aborted && !(await this.#tryAcquire())) await sleep(this.#retryIntervalMs, signal)
      if (signal.aborted) return
      log.info({ identity }, 'acquired the leader Lease')
      const isLost = await this.#runTerm(work, signal)
      if (!isLost) return
      log.warn({ identity }, 'lost the leader Lease: another operator holds it, or its renewal timed out')
    }
  }

  get #retryIntervalMs(): number {
    return (this.#options.leaseSeconds * 1000) / 5
  }

  /** Runs `work` for one term of leadership. @returns whether the term ended because the Lease was lost. */
  async #runTerm(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<boolean> {
    const stop = new AbortController()
    this.#isLeader = true
    const renewing = this.#renew(stop)
    let isLost = false
    try {
      await work(AbortSignal.any([signal, stop.signal]))
    } finally {
      isLost = stop.signal.aborted
      stop.abort()
      await renewing
      this.#isLeader = false
      if (!isLost) await this.#release()
    }
    return isLost && !signal.aborted
  }

  async #renew(stop: AbortController): Promise<void> {
    let renewedAtMs = performance.now()
    // Shorter than the Lease, so that the work ends before another operator starts.
    const renewalTimeoutMs = this.#options.leaseSeconds * 1000 * (2 / 3)
    while (!stop.signal.aborted) {
      await sleep(this.#retryIntervalMs, stop.signal)
      if (stop.signal.aborted) return
      if (await this.#tryAcquire()) renewedAtMs = performance.now()
      else if (performance.now() - renewedAtMs > renewalTimeoutMs) stop.abort()
    }
  }

  /** @returns whether this operator holds the Lease. */
  async #tryAcquire(): Promise<boolean> {
    try {
      return await this.#acquireOrRenew()
    } catch (error) {
      // A conflict means that another operator acquired or renewed it first.
      if (!(error instanceof ApiError && error.status === 409))
        this.#options.log.warn({ error }, 'failed to acquire or renew the leader Lease')
      return false
    }
  }

  async #acquireOrRenew(): Promise<boolean> {
    const { client, namespace, leaseName, identity, leaseSeconds } = this.#options
    const now = new Date().toISOString().replace('Z', '000Z')
    const lease = await client.read(LEASE, namespace, leaseName)
    const ours = { holderIdentity: identity, leaseDurationSeconds: leaseSeconds, renewTime: now }
    if (!lease) {
      const metadata = { name: leaseName, namespace, ...this.#owner }
      await client.create({ ...LEASE, metadata, spec: { ...ours, acquireTime: now, leaseTransitions: 0 } })
      return true
    }
    const spec = (lease.spec ?? {}) as LeaseSpec
    if (spec.holderIdentity !== identity && !this.#isExpired(lease, spec)) return false
    const transition = spec.holderIdentity === identity ? {} : { acquireTime: now, leaseTransitions: (spec.leaseTransitions ?? 0) + 1 }
    await client.replace({ ...lease, metadata: { ...lease.metadata, ...this.#owner }, spec: { ...spec, ...ours, ...transition } })
    return true
  }

  get #owner(): Pick<KubeObject['metadata'], 'ownerReferences'> {
    const { identity: name, podUid: uid } = this.#options
    return uid === undefined
      ? {}
      : { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: false, blockOwnerDeletion: false }] }
  }

  /** A Lease is expired when its holder released it or has not renewed it for its whole duration. */
  #isExpired({ metadata }: KubeObject, spec: LeaseSpec): boolean {
    if (!spec.holderIdentity) return true
    if (this.#lastChange.version !== metadata.resourceVersion)
      this.#lastChange = { version: metadata.resourceVersion, atMs: performance.now() }
    return performance.now() - this.#lastChange.atMs > (spec.leaseDurationSeconds ?? DEFAULT_LEASE_SECONDS) * 1000
  }

  async #release(): Promise<void> {
    const { client, namespace, leaseName, identity, log } = this.#options
    try {
      const lease = await client.read(LEASE, namespace, leaseName)
      const spec = lease?.spec as LeaseSpec | undefined
      if (lease && spec?.holderIdentity === identity) await client.replace({ ...lease, spec: { ...spec, holderIdentity: '' } })
    } catch (error) {
      log.warn({ error }, 'failed to release the leader Lease; the next operator waits until it expires')
    }
  }
}

const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' } as const
