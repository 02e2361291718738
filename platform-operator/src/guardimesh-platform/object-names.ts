import { certifiedComponents, certManagerCertificates } from '../desired/certificates.js'
import { type ObjectRef, refOf } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { foundationObjects, migratedObjects } from '../desired/platform-objects.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import type { ChildContext } from '../desired/settings.js'
import { authoritySecretName, tlsSecretName } from '../desired/tls-names.js'
import { generatedSecretSpecs } from './generated-secrets.js'

const SECRET = { apiVersion: 'v1', kind: 'Secret' }

export interface ObjectNames {
  /** Objects that the platform owns. */
  readonly owned: readonly ObjectRef[]
  /** These, and the Secrets that cert-manager creates for it. */
  readonly all: readonly ObjectRef[]
}

/** Names of all objects of a platform, except the set-up Job: its name contains a hash of the Secrets. Pure. */
export function objectNames(child: ChildContext, spec: PlatformSpec, optionalKinds: ReadonlySet<string>): ObjectNames {
  const { owner } = child
  const certificateSecrets = certifiedComponents(spec).map((component) => secretRef(tlsSecretName(owner.name, component)))
  const generated = generatedSecretSpecs(owner, spec).map(({ name }) => secretRef(name))
  const settings = settingsWithoutContent(child, spec, optionalKinds)
  const objects = [...foundationObjects(settings), ...migratedObjects(settings)].map(refOf)
  const owned =
    spec.tls.issuer === 'Operator'
      ? [...generated, secretRef(authoritySecretName(owner.name)), ...certificateSecrets, ...objects]
      : [...generated, ...certManagerCertificates({ ...child, spec }).map(refOf), ...objects]
  return { owned, all: [...owned, ...certificateSecrets] }
}

/** Secrets that are never pruned: a platform may need them again after another change of its spec. Pure. */
export function keptSecrets({ owner }: Pick<ChildContext, 'owner'>, spec: PlatformSpec): ObjectRef[] {
  return [
    secretRef(authoritySecretName(owner.name)),
    ...certifiedComponents(spec).map((component) => secretRef(tlsSecretName(owner.name, component))),
    ...generatedSecretSpecs(owner, spec).map(({ name }) => secretRef(name)),
  ]
}

const secretRef = (name: string): ObjectRef => ({ ...SECRET, name })

/** Secrets and volumes decide what the objects contain, never how they are named. */
function settingsWithoutContent(child: ChildContext, spec: PlatformSpec, optionalKinds: ReadonlySet<string>): PlatformSettings {
  return {
    ...child,
    spec,
    caBundle: '',
    database: { url: 'postgres://unknown', passwordSecret: '', secretKeys: [], hash: '' },
    externalDatabasePorts: [],
    administratorSecret: '',
    signatureKeys: { catalogPublicKey: '', hash: '' },
    encryptionKeyHash: '',
    setUpInputs: [],
    volumes: { postgres: undefined, 'signature-server': undefined },
    hasBackendTlsPolicies: optionalKinds.has('BackendTLSPolicy'),
  }
}
