import { DEFAULT_ADMINISTRATOR_EMAIL, type GuardimeshPlatformSpec } from '@guardimesh/contracts'

/** Defaults of the spec. The descriptions of the fields state the same values; a test compares them. */
export const PLATFORM_DEFAULTS = {
  administrator: { email: DEFAULT_ADMINISTRATOR_EMAIL },
  backend: { replicas: 2 },
  worker: { replicas: 1 },
  console: { replicas: 2, exposure: { type: 'ClusterIP' } },
  database: { type: 'Bundled', bundled: { storage: { size: '20Gi' } }, external: { sslMode: 'verify-full' } },
  signatureServer: { storage: { size: '10Gi' }, unsignedFiles: 'Accept' },
  scanner: { mode: 'Enabled' },
  tls: { issuer: 'Operator', issuerRef: { kind: 'Issuer' }, certificateDays: 90 },
  retentionDays: 180,
  networkPolicies: 'Enabled',
  dataPolicy: 'Retain',
} as const

type Widen<T> = T extends string ? string : T extends number ? number : T
/** `Spec` with the fields of `Defaults` required. */
type WithDefaults<Defaults, Spec> = Omit<Spec, keyof Defaults> & {
  readonly [Field in keyof Defaults]: Field extends keyof Spec ? Exclude<Spec[Field], undefined> : Widen<Defaults[Field]>
}

function applyDefaults<Defaults extends object, Spec extends object>(
  defaults: Defaults,
  spec: Spec | undefined,
): WithDefaults<Defaults, Spec> {
  return { ...defaults, ...spec } as WithDefaults<Defaults, Spec>
}

/** Fills in all defaults of a spec. Pure. */
export function withPlatformDefaults(spec: GuardimeshPlatformSpec) {
  const D = PLATFORM_DEFAULTS
  return {
    ...applyDefaults({ retentionDays: D.retentionDays, networkPolicies: D.networkPolicies, dataPolicy: D.dataPolicy }, spec),
    administrator: applyDefaults(D.administrator, spec.administrator),
    backend: applyDefaults(D.backend, spec.backend),
    worker: applyDefaults(D.worker, spec.worker),
    console: {
      ...applyDefaults({ replicas: D.console.replicas }, spec.console),
      exposure: applyDefaults(D.console.exposure, spec.console?.exposure),
    },
    database: {
      type: spec.database?.type ?? D.database.type,
      /** Whether the bundled database must keep running: until all pods use its external successor, as well. */
      isBundledNeeded: (spec.database?.type ?? D.database.type) === 'Bundled',
      bundled: { ...spec.database?.bundled, storage: applyDefaults(D.database.bundled.storage, spec.database?.bundled?.storage) },
      external: spec.database?.external && applyDefaults(D.database.external, spec.database.external),
    },
    signatureServer: {
      ...applyDefaults({ unsignedFiles: D.signatureServer.unsignedFiles }, spec.signatureServer),
      storage: applyDefaults(D.signatureServer.storage, spec.signatureServer?.storage),
    },
    scanner: applyDefaults(D.scanner, spec.scanner),
    tls: {
      ...applyDefaults({ issuer: D.tls.issuer, certificateDays: D.tls.certificateDays }, spec.tls),
      issuerRef: spec.tls?.issuerRef && applyDefaults(D.tls.issuerRef, spec.tls.issuerRef),
    },
  }
}
export type PlatformSpec = ReturnType<typeof withPlatformDefaults>
