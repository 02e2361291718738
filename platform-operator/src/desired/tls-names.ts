import { componentName } from '@guardimesh/contracts'
import type { ChildContext } from './settings.js'
import { serviceHost } from './settings.js'

/** The components that serve TLS. */
export const TLS_COMPONENTS = ['backend', 'console', 'postgres', 'signature-server'] as const
export type TlsComponent = (typeof TLS_COMPONENTS)[number]

/** Name of the Secret with the certificate and key of a component. */
export const tlsSecretName = (ownerName: string, component: TlsComponent): string => `${componentName(ownerName, component)}-tls`
/** Name of the Secret with the internal authority. */
export const authoritySecretName = (ownerName: string): string => `${ownerName}-ca`
/** Name of the ConfigMap with all trusted authorities. */
export const caBundleName = (ownerName: string): string => `${ownerName}-ca-bundle`
/** Name of the Secret with the same for the scanners, whose resource refers to Secrets only. */
export const scannerCaName = (ownerName: string): string => `${ownerName}-scanner-ca`

export const TLS_KEYS = ['tls.crt', 'tls.key'] as const
export const CA_KEY = 'ca.crt'

/** Addresses of `kubectl port-forward`, in addition to `localhost`. */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'] as const

/** IP addresses in the certificate of a component. Users reach the console through a port forward on their own machine. Pure. */
export function certificateAddresses(component: TlsComponent): readonly string[] {
  return component === 'console' ? LOOPBACK_ADDRESSES : []
}

/** DNS names in the certificate of a component. `localhost` is for `kubectl port-forward`. Pure. */
export function certificateNames(context: ChildContext, component: TlsComponent, consoleHost: string | undefined): string[] {
  const { name, namespace } = context.owner
  const service = componentName(name, component)
  const names = [serviceHost(context, service), `${service}.${namespace}.svc`, `${service}.${namespace}`, service, 'localhost']
  return component === 'console' && consoleHost !== undefined ? [consoleHost, ...names] : names
}
