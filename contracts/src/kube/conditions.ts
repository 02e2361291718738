/** Condition types of a GuardimeshPlatform. `Ready` is true if all others except `Progressing` are. */
export const PLATFORM_CONDITIONS = [
  'Ready',
  'Progressing',
  'SpecAccepted',
  'CertificatesReady',
  'DatabaseReady',
  'Migrated',
  'AdministratorReady',
  'BackendReady',
  'ConsoleReady',
  'SignaturesReady',
  'ScannersReady',
] as const
export type PlatformCondition = (typeof PLATFORM_CONDITIONS)[number]

/** Condition types of a GuardimeshScanner. */
export const SCANNER_CONDITIONS = ['Ready', 'Progressing', 'SpecAccepted'] as const
export type ScannerCondition = (typeof SCANNER_CONDITIONS)[number]

/** Closed list of condition reasons. */
export const CONDITION_REASONS = [
  'AsDesired',
  'RollingOut',
  'Paused',
  'SpecInvalid',
  'ForeignObject',
  'SecretMissing',
  'SecretInvalid',
  'ApplyFailed',
  'WaitingForCertificates',
  'WaitingForDatabase',
  'SwitchingDatabase',
  'WaitingForMigration',
  'MigrationRunning',
  'MigrationFailed',
  'SchemaNewer',
  'PasswordDiffers',
  'WaitingForBackend',
  'PodsNotReady',
  'SignaturesMissing',
  'SignaturesRefused',
  'SignaturesHeld',
  'Unreachable',
  'WaveHeld',
  'Disabled',
] as const
export type ConditionReason = (typeof CONDITION_REASONS)[number]
