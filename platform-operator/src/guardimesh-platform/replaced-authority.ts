import { MINUTE_MS } from '@guardimesh/contracts'
import { authoritySecretName } from '../desired/tls-names.js'
import { secretValue } from '../kube/secret-data.js'
import { issuedAt } from '../tls/certificates.js'
import { findObject, type PlatformObservation } from './observe.js'

/** Kubelets update mounted files within two minutes. */
const PROPAGATION_MS = 2 * MINUTE_MS

/**
 * Whether running scanners may still trust a lost authority only, so that results of a node may be waiting although its pods are ready. A
 * regular successor is older when it starts to sign. Pure.
 */
export function isReplacedAuthorityPending(observed: Pick<PlatformObservation, 'owner' | 'objects' | 'now'>): boolean {
  const { name } = observed.owner
  const authority = secretValue(findObject(observed, 'Secret', authoritySecretName(name)), 'tls.crt')
  const scannersSince = findObject(observed, 'GuardimeshScanner', name)?.metadata.creationTimestamp
  if (authority === undefined || scannersSince === undefined) return false
  const issuedAtMs = issuedAt(authority).getTime()
  return issuedAtMs > Date.parse(scannersSince) && observed.now.getTime() - issuedAtMs < PROPAGATION_MS
}
