import { child, childLabels, type KubeObject } from './object.js'
import type { PlatformSettings } from './platform-settings.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import {
  CA_KEY,
  caBundleName,
  certificateAddresses,
  certificateNames,
  scannerCaName,
  TLS_COMPONENTS,
  type TlsComponent,
  tlsSecretName,
} from './tls-names.js'

/** The components that need an internal certificate: not an external database, and not a console with a certificate of the user. Pure. */
export function certifiedComponents(spec: PlatformSettings['spec']): TlsComponent[] {
  return TLS_COMPONENTS.filter((component) => {
    if (component === 'postgres') return spec.database.isBundledNeeded
    return component !== 'console' || spec.console.certificateSecret === undefined
  })
}

/** Certificate requests for cert-manager. Pure. */
export function certManagerCertificates(settings: Pick<PlatformSettings, 'owner' | 'images' | 'cluster' | 'spec'>): KubeObject[] {
  const { owner, spec } = settings
  const { issuerRef, certificateDays } = spec.tls
  const hours = certificateDays * 24
  return certifiedComponents(spec).map((component) => {
    const addresses = certificateAddresses(component)
    return child(
      owner,
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: tlsSecretName(owner.name, component), component },
      {
        spec: {
          secretName: tlsSecretName(owner.name, component),
          // The operator watches objects with its label only.
          secretTemplate: { labels: childLabels(owner, component) },
          duration: `${hours}h0m0s`,
          renewBefore: `${Math.floor(hours / 3)}h0m0s`,
          dnsNames: certificateNames(settings, component, spec.console.exposure.host),
          ...(addresses.length > 0 ? { ipAddresses: addresses } : {}),
          usages: ['digital signature', 'key encipherment', 'server auth'],
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
          issuerRef: { group: 'cert-manager.io', kind: issuerRef?.kind, name: issuerRef?.name },
        },
      },
    )
  })
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/**
 * The trusted authorities: as a ConfigMap for the platform, and as a Secret for the scanners together with the public key that verifies the
 * catalogue of the signature server. Pure.
 */
export function caBundleObjects({ owner, caBundle, signatureKeys }: PlatformSettings): KubeObject[] {
  return [
    child(
      owner,
      { apiVersion: 'v1', kind: 'ConfigMap', name: caBundleName(owner.name), component: 'ca' },
      { data: { [CA_KEY]: caBundle } },
    ),
    child(
      owner,
      { apiVersion: 'v1', kind: 'Secret', name: scannerCaName(owner.name), component: 'ca' },
      { type: 'Opaque', data: { [CA_KEY]: base64(caBundle), [CATALOG_PUBLIC_KEY]: base64(signatureKeys.catalogPublicKey) } },
    ),
  ]
}
