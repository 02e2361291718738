import type { GuardimeshScannerSpec } from '@guardimesh/contracts'

/** What a spec does not say. The descriptions of the fields name the same values; a test compares them. */
export const SCANNER_DEFAULTS = {
  clusterID: 'local',
  // Half a day, as the puller's own; a new generation is told at once.
  signatureCheckSeconds: 43_200,
  updateStrategy: { type: 'RollingUpdate', maxUnavailable: '10%' },
  networkPolicies: 'Enabled',
} as const
/** Of each wave. */
export const DEFAULT_PAUSE_SECONDS = 60
/** Malware runs on tainted nodes, too. */
const EVERY_NODE = [{ operator: 'Exists' as const }]

/** A spec with every default filled in. Pure. */
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
