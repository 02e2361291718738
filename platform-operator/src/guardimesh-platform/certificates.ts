import { certifiedComponents } from '../desired/certificates.js'
import { child, type KubeObject, type Owner } from '../desired/object.js'
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

/** Where the certificates of a platform stand. */
export interface CertificateSet {
  /** PEM: every authority that is trusted; undefined while there is none. */
  readonly caBundle: string | undefined
  /** Components whose certificate is still to come. */
  readonly missing: readonly TlsComponent[]
  /** Secrets to write first. */
  readonly writes: readonly KubeObject[]
  /** When to look again, because something is to be renewed or settled. */
  readonly lookAgainMs: number | undefined
}

export type FindSecret = (name: string) => KubeObject | undefined

export interface CertificateInputs {
  readonly context: ChildContext
  readonly spec: PlatformSpec
  readonly findSecret: FindSecret
  readonly now: Date
}

/** What cert-manager made so far. Pure. */
export function issuedCertificates({ context, spec, findSecret }: CertificateInputs): CertificateSet {
  const components = certifiedComponents(spec)
  const secretOf = (component: TlsComponent) => findSecret(tlsSecretName(context.owner.name, component))
  const authorities = new Set(components.flatMap((component) => secretValue(secretOf(component), CA_KEY) ?? []))
  const missing = components.filter((component) => secretValue(secretOf(component), 'tls.crt') === undefined)
  const bundle = [...authorities]
    .sort()
    .map((pem) => `${pem.trim()}\n`)
    .join('')
  return { caBundle: bundle === '' ? undefined : bundle, missing, writes: [], lookAgainMs: undefined }
}

/** Makes the internal authority and the certificates that are missing or due, and takes the authority's rotation one step on. */
export async function ownCertificates(inputs: CertificateInputs): Promise<CertificateSet> {
  const { context, spec, findSecret, now } = inputs
  const { owner } = context
  const components = certifiedComponents(spec)
  const leaves = components.flatMap((component) => secretValue(findSecret(tlsSecretName(owner.name, component)), 'tls.crt') ?? [])
  const { state, isChanged } = await rotated(owner, findSecret(authoritySecretName(owner.name)), leaves, now)
  const writes = isChanged ? [authoritySecret(owner, state)] : []
  for (const component of components) {
    const write = await renewed(inputs, component, state.current)
    if (write) writes.push(write)
  }
  const isRotating = state.next !== undefined || state.previous !== undefined
  return { caBundle: caBundle(state), missing: [], writes, lookAgainMs: isRotating ? PROPAGATION_MS / 10 : undefined }
}

async function rotated(owner: Owner, secret: KubeObject | undefined, leaves: readonly string[], now: Date) {
  const name = `Guardimesh ${owner.namespace}/${owner.name}`
  const old = readAuthority(secret)
  if (!old) return { state: { current: await createAuthority(name, now) }, isChanged: true }
  const step = nextRotation(old, leaves, now)
  if (step === 'none') return { state: old, isChanged: false }
  const successor = step === 'make-next' ? await createAuthority(name, now) : undefined
  return { state: applyRotation(old, step, successor), isChanged: true }
}

/** @returns the Secret with another certificate; undefined when the one that is there is good. */
async function renewed(inputs: CertificateInputs, component: TlsComponent, authority: CertificatePair): Promise<KubeObject | undefined> {
  const { context, spec, findSecret, now } = inputs
  const { owner } = context
  const name = tlsSecretName(owner.name, component)
  const names = [...certificateNames(context, component, spec.console.exposure.host), ...certificateAddresses(component)]
  const secret = findSecret(name)
  const certificate = secretValue(secret, 'tls.crt')
  const hasKey = secretValue(secret, 'tls.key') !== undefined
  if (certificate !== undefined && hasKey && isGood(certificate, names, authority, now)) return undefined
  const pair = await issueCertificate(authority, names, spec.tls.certificateDays, now)
  const data = secretData({ 'tls.crt': pair.certificate, 'tls.key': pair.key, [CA_KEY]: authority.certificate })
  return child(owner, { apiVersion: 'v1', kind: 'Secret', name, component }, { type: 'kubernetes.io/tls', data })
}

function isGood(certificate: string, names: readonly string[], authority: CertificatePair, now: Date): boolean {
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
  return child(owner, identity, { type: 'Opaque', data })
}
