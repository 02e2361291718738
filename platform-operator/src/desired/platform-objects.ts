import { API_VERSION, componentName, PORTS, RESOURCES } from '@guardimesh/contracts'
import { backendDeployment, workerDeployment } from './backend.js'
import { caBundleObjects } from './certificates.js'
import { consoleObjects } from './console.js'
import { networkPolicy, platformNetworkPolicyRules } from './network-policies.js'
import { child, type KubeObject } from './object.js'
import { ingestionKeySecret, type LiveVolume, type PlatformSettings } from './platform-settings.js'
import { postgresStatefulSet } from './postgres.js'
import { largerQuantity } from './quantity.js'
import { serviceHost } from './settings.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import { signatureServerDeployment, signatureTrust } from './signature-server.js'
import { CA_KEY, scannerCaName } from './tls-names.js'
import { disruptionBudgets, service, serviceAccount, volumeClaim } from './workload.js'

/** Objects that exist before the database is migrated. Pure. */
export function foundationObjects(settings: PlatformSettings): KubeObject[] {
  const { owner, spec, volumes } = settings
  const { type, isBundledNeeded, bundled } = spec.database
  const components = ['backend', 'worker', 'console', 'signature-server', ...(isBundledNeeded ? ['postgres' as const] : [])] as const
  const databases = { isBundledNeeded, externalPorts: settings.externalDatabasePorts }
  const policies = spec.networkPolicies === 'Enabled' ? platformNetworkPolicyRules(owner, databases, spec.notifications?.egress) : []
  return [
    ...caBundleObjects(settings),
    ...components.map((component) => serviceAccount(settings, component)),
    ...policies.map((rules) => networkPolicy(owner, rules)),
    ...(isBundledNeeded ? [service(settings, 'postgres', PORTS.postgres, { clusterIP: 'None' })] : []),
    // The spec of an external database has no settings of the bundled one, which keeps running as it is until it is replaced.
    ...(type === 'Bundled' ? [volume(settings, 'postgres', bundled.storage, volumes.postgres), postgresStatefulSet(settings)] : []),
    volume(settings, 'signature-server', spec.signatureServer.storage, volumes['signature-server']),
    service(settings, 'signature-server', 443),
    signatureTrust(settings),
    signatureServerDeployment(settings),
    service(settings, 'backend', 443),
  ]
}

/** Objects that require a migrated database. Pure. */
export function migratedObjects(settings: PlatformSettings): KubeObject[] {
  const { backend, worker, console } = settings.spec
  return [
    backendDeployment(settings),
    ...disruptionBudgets(settings, 'backend', backend.replicas),
    workerDeployment(settings),
    ...disruptionBudgets(settings, 'worker', worker.replicas),
    ...consoleObjects(settings),
    ...disruptionBudgets(settings, 'console', console.replicas),
    ...(settings.spec.scanner.mode === 'Enabled' ? [scannerResource(settings)] : []),
  ]
}

function volume(
  settings: PlatformSettings,
  component: 'postgres' | 'signature-server',
  storage: { readonly size: string; readonly storageClassName?: string | undefined },
  live: LiveVolume | undefined,
): KubeObject {
  const { dataPolicy } = settings.spec
  const size = live && !live.isBound ? live.size : largerQuantity(storage.size, live?.size)
  return volumeClaim(settings, component, { ...storage, dataPolicy, size })
}

/** The GuardimeshScanner for the scanners of this cluster. */
function scannerResource(settings: PlatformSettings): KubeObject {
  const { owner, spec } = settings
  const { mode: _, ...scanner } = spec.scanner
  const url = (component: 'backend' | 'signature-server') => `https://${serviceHost(settings, componentName(owner.name, component))}`
  const trust = (key: string) => ({ name: scannerCaName(owner.name), key })
  const caSecret = trust(CA_KEY)
  return child(
    owner,
    { apiVersion: API_VERSION, kind: RESOURCES.scanner.kind, name: owner.name, component: 'scanner' },
    {
      spec: {
        ...scanner,
        ...(spec.images ? { images: spec.images } : {}),
        backend: { url: url('backend'), caSecret },
        apiKeySecret: { name: ingestionKeySecret(owner.name), key: 'api-key' },
        signatureServer: { url: url('signature-server'), caSecret, catalogKeySecret: trust(CATALOG_PUBLIC_KEY) },
        networkPolicies: spec.networkPolicies,
      },
    },
  )
}
