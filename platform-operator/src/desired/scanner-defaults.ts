import type { GuardimeshScannerSpec } from '@guardimesh/contracts'

/** Defaults of the spec. The descriptions of the fields state the same values; a test compares them. */
export const SCANNER_DEFAULTS = {
  clusterID: 'local',
  // 12 hours, like the default of the puller. The signature server notifies nodes of a new generation immediately.
  signatureCheckSeconds: 43_200,
  updateStrategy: { type: 'RollingUpdate', maxUnavailable: '10%' },
  networkPolicies: 'Enabled',
} as const
/** Pause after each wave. */
export const DEFAULT_PAUSE_SECONDS = 60
/** Malware also runs on tainted nodes. */
const EVERY_NODE = [{ operator: 'Exists' as const }]

/** Fills in all defaults of a spec. Pure. */
export function withScannerDefaults(spec: GuardimeshScannerSpec) {
  return {
    ...spec,
    clusterID: spec.clusterID ?? SCANNER_DEFAULTS.clusterID,
    signatureCheckSeconds: spec.signatureCheckSeconds ?? SCANNER_DEFAULTS.signatureCheckSeconds,
    networkPolicies: spec.networkPolicies ?? SCANNER_DEFAULTS.networkPolicies,
    tolerations: spec.tolerations ?? EVERY_NODE,
    updateStrategy: {
      type: spec.updateStrategy?.type ?? SCANNER_DEFAULTS.updateStrategy.type,
      maxUnavailable: spec.updateStrategy?.maxUnavailable ?? SCANNER_DEFAULTS.updateStrategy.maxUnavailable,
      waves: (spec.updateStrategy?.waves ?? []).map(({ nodeSelector, pauseSeconds }) => ({
        nodeSelector,
        pauseSeconds: pauseSeconds ?? DEFAULT_PAUSE_SECONDS,
      })),
    },
  }
}
export type ScannerSpec = ReturnType<typeof withScannerDefaults>
