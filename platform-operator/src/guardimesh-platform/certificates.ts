import { certifiedComponents } from '../desired/certificates.js'
import { child as buildChild, type KubeObject, type Owner } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import type { ChildContext } from '../desired/settings.js'
import {
  authoritySecretName,
  CA_KEY,
  certificateAddresses,
  certificateNames,
  type TlsComponent,
  tlsSecretName,
} from '../desired/tls-names.js'
import { secretData, secretValue } from '../kube/secret-data.js'
import { type CertificatePair, createAuthority, isRenewalDue, isSignedBy, issueCertificate, isValidFor } from '../tls/certificates.js'
import { type AuthorityState, applyRotation, caBundle, nextRotation, PROPAGATION_MS } from '../tls/rotation.js'

/** State of the certificates of a platform. */
export interface CertificateSet {
  /** PEM of every trusted authority; undefined if there is none. */
  readonly caBundle: string | undefined
  /** Components without a certificate. */
  readonly missing: readonly TlsComponent[]
  /** Secrets to write. */
  readonly writes: readonly KubeObject[]
  /** When the rotation of the authority may continue; undefined if none is in progress. */
  readonly requeueAfterMs: number | undefined
}

export type FindSecret = (name: string) => KubeObject | undefined

export interface CertificateInputs {
  readonly child: ChildContext
  readonly spec: PlatformSpec
  readonly findSecret: FindSecret
  readonly now: Date
}

/** Collects the certificates that cert-manager has issued so far. Pure. */
export function collectIssuedCertificates({ child, spec, findSecret }: CertificateInputs): CertificateSet {
  const components = certifiedComponents(spec)
  const secretOf = (component: TlsComponent) => findSecret(tlsSecretName(child.owner.name, component))
  const authorities = new Set(components.flatMap((component) => secretValue(secretOf(component), CA_KEY) ?? []))
  const missing = components.filter((component) => secretValue(secretOf(component), 'tls.crt') === undefined)
  const bundle = [...authorities]
    .sort()
    .map((pem) => `${pem.trim()}\n`)
    .join('')
  return { caBundle: bundle === '' ? undefined : bundle, missing, writes: [], requeueAfterMs: undefined }
}

/** Creates the internal authority or continues its rotation, and issues the certificates that are missing or due. Writes nothing. */
export async function issueCertificates(inputs: CertificateInputs): Promise<CertificateSet> {
  const { child, spec, findSecret, now } = inputs
  const { owner } = child
  const components = certifiedComponents(spec)
  const leaves = components.flatMap((component) => secretValue(findSecret(tlsSecretName(owner.name, component)), 'tls.crt') ?? [])
  const { state, isChanged } = await rotateAuthority(owner, findSecret(authoritySecretName(owner.name)), leaves, now)
  const writes = isChanged ? [authoritySecret(owner, state)] : []
  for (const component of components) {
    const renewed = await renewCertificate(inputs, component, state.current)
    if (renewed) writes.push(renewed)
  }
  const isRotating = state.next !== undefined || state.previous !== undefined
  return { caBundle: caBundle(state), missing: [], writes, requeueAfterMs: isRotating ? PROPAGATION_MS / 10 : undefined }
}

async function rotateAuthority(owner: Owner, secret: KubeObject | undefined, leaves: readonly string[], now: Date) {
  const name = `Guardimesh ${owner.namespace}/${owner.name}`
  const existing = readAuthority(secret)
  if (!existing) return { state: { current: await createAuthority(name, now) }, isChanged: true }
  const rotation = nextRotation(existing, leaves, now)
  if (rotation === 'none') return { state: existing, isChanged: false }
  const successor = rotation === 'create-next' ? await createAuthority(name, now) : undefined
  return { state: applyRotation(existing, rotation, successor), isChanged: true }
}

/** @returns the Secret with a new certificate; undefined if the existing certificate is valid. */
async function renewCertificate(
  inputs: CertificateInputs,
  component: TlsComponent,
  authority: CertificatePair,
): Promise<KubeObject | undefined> {
  const { child, spec, findSecret, now } = inputs
  const { owner } = child
  const name = tlsSecretName(owner.name, component)
  const names = [...certificateNames(child, component, spec.console.exposure.host), ...certificateAddresses(component)]
  const secret = findSecret(name)
  const certificate = secretValue(secret, 'tls.crt')
  const hasKey = secretValue(secret, 'tls.key') !== undefined
  if (certificate !== undefined && hasKey && isUsable(certificate, names, authority, now)) return undefined
  const pair = await issueCertificate(authority, names, spec.tls.certificateDays, now)
  const data = secretData({ 'tls.crt': pair.certificate, 'tls.key': pair.key, [CA_KEY]: authority.certificate })
  return buildChild(owner, { apiVersion: 'v1', kind: 'Secret', name, component }, { type: 'kubernetes.io/tls', data })
}

function isUsable(certificate: string, names: readonly string[], authority: CertificatePair, now: Date): boolean {
  return isValidFor(certificate, names) && isSignedBy(certificate, authority.certificate) && !isRenewalDue(certificate, now)
}

function readAuthority(secret: KubeObject | undefined): AuthorityState | undefined {
  const pair = (certificateKey: string, keyKey: string): CertificatePair | undefined => {
    const certificate = secretValue(secret, certificateKey)
    const key = secretValue(secret, keyKey)
    return certificate === undefined || key === undefined ? undefined : { certificate, key }
  }
  const current = pair('tls.crt', 'tls.key')
  const next = pair('next.crt', 'next.key')
  const previous = secretValue(secret, 'previous.crt')
  return current && { current, ...(next ? { next } : {}), ...(previous === undefined ? {} : { previous }) }
}

function authoritySecret(owner: Owner, { current, next, previous }: AuthorityState): KubeObject {
  const data = secretData({
    'tls.crt': current.certificate,
    'tls.key': current.key,
    'next.crt': next?.certificate,
    'next.key': next?.key,
    'previous.crt': previous,
  })
  const identity = { apiVersion: 'v1', kind: 'Secret', name: authoritySecretName(owner.name), component: 'ca' }
  return buildChild(owner, identity, { type: 'Opaque', data })
}
