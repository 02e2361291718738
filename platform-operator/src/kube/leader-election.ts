import { type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { KubeObject } from '../desired/object.js'
import { ApiError, type Client } from './client.js'

export interface LeaderElectionOptions {
  readonly client: Client
  readonly namespace: string
  readonly leaseName: string
  /** Name of this pod. */
  readonly identity: string
  /** Of this pod: the Lease goes with the pod that holds it, so that none is left when the operator is uninstalled. */
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

/** One of several operators leads: who holds the Lease, and renews it. Times are compared on this machine's clock only. */
export class LeaderElection {
  readonly #options: LeaderElectionOptions & { readonly leaseSeconds: number }
  #seen: { readonly version: string | undefined; readonly atMs: number } = { version: undefined, atMs: 0 }
  #isLeader = false

  constructor(options: LeaderElectionOptions) {
    this.#options = { leaseSeconds: DEFAULT_LEASE_SECONDS, ...options }
  }

  get isLeader(): boolean {
    return this.#isLeader
  }

  /**
   * Waits for the Lease, does the work while it is held, and gives it back at the end. When it is lost, waits for it anew.
   *
   * @param work begun each time that the Lease is had; its signal is aborted when the Lease was lost or `signal` is aborted.
   */
  async lead(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { log, identity } = this.#options
    while (!signal.aborted) {
      while (!signal.aborted && !(await this.#try())) await sleep(this.#pauseMs, signal)
      if (signal.aborted) return
      log.info({ identity }, 'leading')
      const isLost = await this.#term(work, signal)
      if (!isLost) return
      log.warn({ identity }, 'the lead was lost: another operator has it, or the API server could not be reached in time')
    }
  }

  get #pauseMs(): number {
    return (this.#options.leaseSeconds * 1000) / 5
  }

  /** One time of leading. @returns whether it ended because the Lease was lost. */
  async #term(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<boolean> {
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
    // Less than the Lease's length, so that the work has ended before another begins.
    const giveUpMs = this.#options.leaseSeconds * 1000 * (2 / 3)
    while (!stop.signal.aborted) {
      await sleep(this.#pauseMs, stop.signal)
      if (stop.signal.aborted) return
      if (await this.#try()) renewedAtMs = performance.now()
      else if (performance.now() - renewedAtMs > giveUpMs) stop.abort()
    }
  }

  /** @returns whether the Lease is ours now. */
  async #try(): Promise<boolean> {
    try {
      return await this.#takeOrRenew()
    } catch (error) {
      // Somebody else was quicker.
      if (!(error instanceof ApiError && error.status === 409))
        this.#options.log.warn({ error }, `the Lease cannot be had: ${messageOf(error)}`)
      return false
    }
  }

  async #takeOrRenew(): Promise<boolean> {
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
    if (spec.holderIdentity !== identity && !this.#isOver(lease, spec)) return false
    const taken = spec.holderIdentity === identity ? {} : { acquireTime: now, leaseTransitions: (spec.leaseTransitions ?? 0) + 1 }
    await client.replace({ ...lease, metadata: { ...lease.metadata, ...this.#owner }, spec: { ...spec, ...ours, ...taken } })
    return true
  }

  get #owner(): Pick<KubeObject['metadata'], 'ownerReferences'> {
    const { identity: name, podUid: uid } = this.#options
    return uid === undefined
      ? {}
      : { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: false, blockOwnerDeletion: false }] }
  }

  /** A Lease is over when it was given back, or stood still for its whole length while we looked. */
  #isOver({ metadata }: KubeObject, spec: LeaseSpec): boolean {
    if (!spec.holderIdentity) return true
    if (this.#seen.version !== metadata.resourceVersion) this.#seen = { version: metadata.resourceVersion, atMs: performance.now() }
    return performance.now() - this.#seen.atMs > (spec.leaseDurationSeconds ?? DEFAULT_LEASE_SECONDS) * 1000
  }

  async #release(): Promise<void> {
    const { client, namespace, leaseName, identity, log } = this.#options
    try {
      const lease = await client.read(LEASE, namespace, leaseName)
      const spec = lease?.spec as LeaseSpec | undefined
      if (lease && spec?.holderIdentity === identity) await client.replace({ ...lease, spec: { ...spec, holderIdentity: '' } })
    } catch (error) {
      log.warn({ error }, 'the Lease could not be given back; the next operator waits until it is over')
    }
  }
}

const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' } as const
