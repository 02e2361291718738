import { DEFAULT_ADMINISTRATOR_EMAIL, type GuardimeshPlatformSpec } from '@guardimesh/contracts'

/** What a spec does not say. The descriptions of the fields name the same values; a test compares them. */
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
/** `Given` with the fields of `Defaults` always there. */
type Defaulted<Defaults, Given> = Omit<Given, keyof Defaults> & {
  readonly [Field in keyof Defaults]: Field extends keyof Given ? Exclude<Given[Field], undefined> : Widen<Defaults[Field]>
}

function defaulted<Defaults extends object, Given extends object>(
  defaults: Defaults,
  given: Given | undefined,
): Defaulted<Defaults, Given> {
  return { ...defaults, ...given } as Defaulted<Defaults, Given>
}

/** A spec with every default filled in. Pure. */
export function withPlatformDefaults(spec: GuardimeshPlatformSpec) {
  const D = PLATFORM_DEFAULTS
  return {
    ...defaulted({ retentionDays: D.retentionDays, networkPolicies: D.networkPolicies, dataPolicy: D.dataPolicy }, spec),
    administrator: defaulted(D.administrator, spec.administrator),
    backend: defaulted(D.backend, spec.backend),
    worker: defaulted(D.worker, spec.worker),
    console: {
      ...defaulted({ replicas: D.console.replicas }, spec.console),
      exposure: defaulted(D.console.exposure, spec.console?.exposure),
    },
    database: {
      type: spec.database?.type ?? D.database.type,
      bundled: { ...spec.database?.bundled, storage: defaulted(D.database.bundled.storage, spec.database?.bundled?.storage) },
      external: spec.database?.external && defaulted(D.database.external, spec.database.external),
    },
    signatureServer: {
      ...defaulted({ unsignedFiles: D.signatureServer.unsignedFiles }, spec.signatureServer),
      storage: defaulted(D.signatureServer.storage, spec.signatureServer?.storage),
    },
    scanner: defaulted(D.scanner, spec.scanner),
    tls: {
      ...defaulted({ issuer: D.tls.issuer, certificateDays: D.tls.certificateDays }, spec.tls),
      issuerRef: spec.tls?.issuerRef && defaulted(D.tls.issuerRef, spec.tls.issuerRef),
    },
  }
}
export type PlatformSpec = ReturnType<typeof withPlatformDefaults>
