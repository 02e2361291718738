import type { SecretKey } from '@guardimesh/contracts'
import type { ScannerSpec } from '../desired/scanner-defaults.js'
import { type Blocked, firstUnusableSecret, type SecretRequirement, specInvalid } from '../reconcile/blocked.js'
import type { ScannerObservation } from './observe.js'

/** Checks everything that the user has to provide before any object is applied. Pure. */
export function firstUnmetPrerequisite({ spec, specProblem, secrets, owner }: ScannerObservation): Blocked | undefined {
  if (!spec) return specInvalid(specProblem)
  return firstUnusableSecret(requiredSecrets(spec), secrets, owner.namespace)
}

function requiredSecrets({ apiKeySecret, backend, signatureServer, images }: ScannerSpec): SecretRequirement[] {
  const required = (field: string, secret: SecretKey | undefined) => (secret ? [{ field, name: secret.name, keys: [secret.key] }] : [])
  return [
    ...required('apiKeySecret', apiKeySecret),
    ...required('backend.caSecret', backend.caSecret),
    ...required('signatureServer.caSecret', signatureServer.caSecret),
    ...required('signatureServer.catalogKeySecret', signatureServer.catalogKeySecret),
    ...(images?.pullSecrets ?? []).flatMap(({ name }) => required('images.pullSecrets', { name, key: '.dockerconfigjson' })),
  ]
}
