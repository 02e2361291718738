import { certifiedComponents } from '../desired/certificates.js'
import { type KubeObject, type Owner, ownerReference, refKey, refOf } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import type { ChildContext } from '../desired/settings.js'
import { tlsSecretName } from '../desired/tls-names.js'
import type { RejectedObject } from '../kube/applier.js'
import type { ObservedObjects } from '../kube/observed-objects.js'
import type { OperatorContext } from '../reconcile/context.js'
import { hasAccounts } from './administrator.js'
import { type CertificateInputs, type CertificateSet, collectIssuedCertificates, issueCertificates } from './certificates.js'
import { buildSecretUpdate, generatedSecretSpecs } from './generated-secrets.js'
import { findObject, type PlatformObservation } from './observe.js'

const SECRET = { apiVersion: 'v1', kind: 'Secret' }

export interface EnsuredSecrets {
  readonly certificates: CertificateSet
  /** The observed objects with the generated Secrets as the API server returned them. */
  readonly objects: ObservedObjects
  readonly rejected: readonly RejectedObject[]
}

/**
 * Creates and repairs the Secrets and certificates that all other objects depend on.
 *
 * @param requests Certificates for cert-manager; empty if the operator issues the certificates itself.
 */
export async function ensureSecretsAndCertificates(
  observed: PlatformObservation,
  spec: PlatformSpec,
  { child, requests }: { readonly child: ChildContext; readonly requests: readonly KubeObject[] },
  context: OperatorContext,
): Promise<EnsuredSecrets> {
  const inputs = { child, spec, now: observed.now, findSecret: (name: string) => findObject(observed, 'Secret', name) }
  const objects = await ensureGeneratedSecrets(observed, spec, child, context)
  const ensured =
    spec.tls.issuer === 'Operator'
      ? await ensureOwnCertificates(inputs, observed, context)
      : await ensureRequestedCertificates(inputs, requests, observed, context)
  return { ...ensured, objects }
}

/** Creates missing Secrets and repairs damaged ones. @returns the observed objects with the Secrets as they are now. */
async function ensureGeneratedSecrets(
  observed: PlatformObservation,
  spec: PlatformSpec,
  child: ChildContext,
  { client }: OperatorContext,
): Promise<ObservedObjects> {
  const { owner } = observed
  const ensure = async (secretSpec: ReturnType<typeof generatedSecretSpecs>[number]) => {
    const existing = findObject(observed, 'Secret', secretSpec.name)
    if (secretSpec.isInitial && hasAccounts(observed, child, spec)) return []
    const update = buildSecretUpdate(owner, secretSpec, existing)
    if (!update) return []
    // A create fails if the Secret exists after all, so it can never replace a password.
    return [existing ? await client.apply(update) : await client.create(update)]
  }
  const written = (await Promise.all(generatedSecretSpecs(owner, spec).map(ensure))).flat()
  return new Map([...observed.objects, ...written.map((secret) => [refKey(refOf({ ...secret, ...SECRET })), secret] as const)])
}

/** Issues missing certificates, renews those that are due, and continues the rotation of the internal authority. */
async function ensureOwnCertificates(inputs: CertificateInputs, observed: PlatformObservation, { applier }: OperatorContext) {
  const certificates = await issueCertificates(inputs)
  const { rejected } = await applier.applyAll(certificates.writes, observed.objects)
  return { certificates, rejected }
}

/** Requests the certificates from cert-manager and adopts the Secrets that it created. */
async function ensureRequestedCertificates(
  inputs: CertificateInputs,
  requests: readonly KubeObject[],
  observed: PlatformObservation,
  context: OperatorContext,
) {
  const { rejected } = await context.applier.applyAll(requests, observed.objects)
  const names = certifiedComponents(inputs.spec).map((component) => tlsSecretName(observed.owner.name, component))
  const secrets = names.flatMap((name) => inputs.findSecret(name) ?? [])
  for (const secret of secrets) if (isUnownedCertificateSecret(secret)) await adopt(secret, observed.owner, context)
  return { certificates: collectIssuedCertificates(inputs), rejected }
}

const CERTIFICATE_NAME = 'cert-manager.io/certificate-name'

function isUnownedCertificateSecret({ metadata }: KubeObject): boolean {
  const { uid, name, ownerReferences, annotations } = metadata
  return uid !== undefined && !ownerReferences?.length && annotations?.[CERTIFICATE_NAME] === name
}

/** cert-manager does not delete its Secrets. With an owner reference they are deleted with the platform. */
async function adopt({ metadata }: KubeObject, owner: Owner, { client }: OperatorContext): Promise<void> {
  const { name, namespace, uid } = metadata
  // With the uid, the apply fails instead of creating a Secret if it was deleted in the meantime.
  const identity = { name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}) }
  await client.apply({ ...SECRET, metadata: { ...identity, ownerReferences: [ownerReference(owner)] } })
}
