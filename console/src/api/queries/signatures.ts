import {
  type ChangeRollOut,
  CustomSignatures,
  HashDryRunResult,
  ImportStarted,
  NodeSignaturesList,
  type RollBack,
  SECOND_MS,
  SightingList,
  SignatureAlertList,
  type SignatureSettings,
  type SignatureStaleness,
  SignaturesView,
  type StartImportBody,
} from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { isMd5 } from '../../ui/is-md5.js'
import { callApi, commandApi } from '../client.js'

/** Poll interval during an import or a rollout, whose progress causes no event. */
const PROGRESS_INTERVAL_MS = 5 * SECOND_MS
/** Otherwise events report changes; node reports and imports that start on the signature server cause none. */
const FALLBACK_INTERVAL_MS = 30 * SECOND_MS

/** Returns the interval until the next poll. Pure. */
export function signaturesIntervalMs(view: SignaturesView | undefined): number {
  const isImporting = view?.server?.imports.some(({ endedAt }) => endedAt === null) ?? false
  const isRollingOut = view?.server?.rollOut?.state === 'canary'
  return isImporting || isRollingOut ? PROGRESS_INTERVAL_MS : FALLBACK_INTERVAL_MS
}

/** Prefix of all queries that the stream event `signatures` invalidates. */
export const signaturesKey = ['signatures'] as const

export const signaturesQuery = queryOptions({
  queryKey: [...signaturesKey, 'view'],
  queryFn: ({ signal }) => callApi('/api/signatures', SignaturesView, { signal }),
  refetchInterval: ({ state }) => signaturesIntervalMs(state.data),
})

export const signatureNodesQuery = queryOptions({
  queryKey: [...signaturesKey, 'nodes'],
  queryFn: ({ signal }) => callApi('/api/signatures/nodes', NodeSignaturesList, { signal }),
  refetchInterval: FALLBACK_INTERVAL_MS,
})

export const signatureAlertsQuery = queryOptions({
  queryKey: [...signaturesKey, 'alerts'],
  queryFn: ({ signal }) => callApi('/api/signatures/alerts', SignatureAlertList, { signal }),
  refetchInterval: FALLBACK_INTERVAL_MS,
})

/** @param revision from the status; part of the query key. */
export const customSignaturesQuery = (revision: number) =>
  queryOptions({
    queryKey: ['custom-signatures', revision],
    queryFn: ({ signal }) => callApi('/api/signatures/custom', CustomSignatures, { signal }),
    // A draft is based on this data: it is refetched only for another revision.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const readCustomSignatures = () => callApi('/api/signatures/custom', CustomSignatures)

/** @throws ApiError SIGNATURES_CHANGED if `revision` is no longer the active one. */
export const putCustomSignatures = (custom: CustomSignatures) =>
  callApi('/api/signatures/custom', ImportStarted, { method: 'PUT', body: custom })

/** @param hashes SHA-256 or MD5 in lower-case hexadecimal, maximum 50,000. */
export const dryRunHashes = (hashes: readonly string[]) =>
  callApi('/api/signatures/dry-run', HashDryRunResult, { method: 'POST', body: { hashes } })

export const startImport = (start: StartImportBody) => callApi('/api/signatures/imports', ImportStarted, { method: 'POST', body: start })

export const changeRollOut = (change: ChangeRollOut) => commandApi('/api/signatures/roll-out', { method: 'POST', body: change })
export const rollBack = (to: RollBack) => commandApi('/api/signatures/rollback', { method: 'POST', body: to })
export const putSignatureSettings = (settings: SignatureSettings) =>
  commandApi('/api/signatures/settings', { method: 'PUT', body: settings })
export const putStaleness = (staleness: SignatureStaleness) => commandApi('/api/signatures/staleness', { method: 'PUT', body: staleness })

/** Sightings of a file, oldest first. @param hash SHA-256 or MD5. */
export const sightingList = (hash: string) =>
  queryOptions({
    queryKey: ['sightings', hash],
    queryFn: ({ signal }) => callApi('/api/sightings', SightingList, { query: isMd5(hash) ? { md5: hash } : { sha256: hash }, signal }),
  })
