import { certifiedComponents, certManagerCertificates } from '../desired/certificates.js'
import { type KubeObject, type ObjectRef, type Owner, ownerReference } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import type { ChildContext } from '../desired/settings.js'
import { authoritySecretName, tlsSecretName } from '../desired/tls-names.js'
import { isOwned } from '../kube/applier.js'
import type { OperatorContext } from '../reconcile/context.js'
import { type CertificateSet, issuedCertificates, ownCertificates } from './certificates.js'
import { buildSecretUpdate, type GeneratedSecretSpec, generatedSecretSpecs } from './generated-secrets.js'
import type { PlatformObservation } from './observe.js'
import { platformSettings } from './settings.js'

const SECRET = { apiVersion: 'v1', kind: 'Secret' }

/** What the first step of a build came to. */
export interface Secured {
  readonly certificates: CertificateSet
  /** An object under a wanted name that is somebody else's; nothing was written. */
  readonly foreign?: ObjectRef
  /** Undefined while certificates are still to come. */
  readonly settings?: PlatformSettings
}

/** Makes the Secrets and certificates that everything else needs, each once, and then knows all that the rest is made from. */
export async function secure(
  world: PlatformObservation,
  spec: PlatformSpec,
  child: ChildContext,
  context: OperatorContext,
): Promise<Secured> {
  const { owner } = world
  const isOwnIssuer = spec.tls.issuer === 'Operator'
  const generated = generatedSecretSpecs(owner, spec)
  const tlsNames = certifiedComponents(spec).map((component) => tlsSecretName(owner.name, component))
  const ours = [...generated.map(({ name }) => name), ...(isOwnIssuer ? [authoritySecretName(owner.name), ...tlsNames] : [])]
  const secrets = await readSecrets([...new Set([...ours, ...tlsNames])], world, context)
  const inputs = { context: child, spec, now: world.now, findSecret: (name: string) => secrets.get(name) }
  const certificates = isOwnIssuer ? await ownCertificates(inputs) : issuedCertificates(inputs)
  const taken = ours.map((name) => secrets.get(name)).find((secret) => secret && !isOwned(secret, owner))
  const requests = isOwnIssuer ? [] : certManagerCertificates({ ...child, spec })
  const foreign = taken ? { ...SECRET, name: taken.metadata.name } : await context.applier.firstForeign(owner, requests)
  if (foreign) return { certificates, foreign }
  for (const secret of await ensureGenerated(generated, secrets, world, context)) secrets.set(secret.metadata.name, secret)
  await context.applier.applyAll([...certificates.writes, ...requests])
  if (!isOwnIssuer)
    await adopt(
      tlsNames.flatMap((name) => secrets.get(name) ?? []),
      owner,
      context,
    )
  if (certificates.caBundle === undefined || certificates.missing.length > 0) return { certificates }
  const find = (kind: string, name: string) => (kind === 'Secret' ? secrets.get(name) : undefined) ?? world.find(kind, name)
  return { certificates, settings: platformSettings({ ...world, find }, child, spec, certificates.caBundle) }
}

/** What the cache lacks may have been made a moment ago: a Secret that is overwritten by mistake would lock everybody out. */
async function readSecrets(names: readonly string[], world: PlatformObservation, { client, namespace }: OperatorContext) {
  const read = async (name: string) => [name, world.find('Secret', name) ?? (await client.read(SECRET, namespace, name))] as const
  return new Map<string, KubeObject | undefined>(await Promise.all(names.map(read)))
}

const CERTIFICATE_NAME = 'cert-manager.io/certificate-name'

/** cert-manager leaves its Secrets behind when nothing owns them; with the platform as their owner they go with it. */
async function adopt(secrets: readonly KubeObject[], owner: Owner, { client }: OperatorContext): Promise<void> {
  for (const { metadata } of secrets) {
    const { name, namespace, uid } = metadata
    if (!uid || metadata.ownerReferences?.length || metadata.annotations?.[CERTIFICATE_NAME] !== name) continue
    // With the uid nothing is made in place of a Secret that has just gone.
    await client.apply({
      ...SECRET,
      metadata: { name, ...(namespace ? { namespace } : {}), uid, ownerReferences: [ownerReference(owner)] },
    })
  }
}

/** Makes what is missing and mends what is damaged. @returns all of them as they are now. */
async function ensureGenerated(
  generated: readonly GeneratedSecretSpec[],
  secrets: ReadonlyMap<string, KubeObject | undefined>,
  { owner }: PlatformObservation,
  { client }: OperatorContext,
): Promise<KubeObject[]> {
  const ensure = async (wanted: GeneratedSecretSpec) => {
    const known = secrets.get(wanted.name)
    if (known && !buildSecretUpdate(owner, wanted, known)) return known
    // The copy of the watch may be older than what was mended a moment ago.
    const live = known && (await client.read(SECRET, owner.namespace, wanted.name))
    const secret = buildSecretUpdate(owner, wanted, live)
    if (!secret) return live
    return live ? client.apply(secret) : client.create(secret)
  }
  const ensured = await Promise.all(generated.map(ensure))
  return ensured.filter((secret) => secret !== undefined)
}

/** Secrets that are never pruned while their resource is there: what is not needed today may be tomorrow. Pure. */
export function keptSecrets({ owner }: PlatformObservation, spec: PlatformSpec): ObjectRef[] {
  const names = [
    authoritySecretName(owner.name),
    ...certifiedComponents(spec).map((component) => tlsSecretName(owner.name, component)),
    ...generatedSecretSpecs(owner, spec).map(({ name }) => name),
  ]
  return names.map((name) => ({ ...SECRET, name }))
}
