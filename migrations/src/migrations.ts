import { AccountsAndKeys1795000000001 } from './0001-accounts-and-keys.js'
import { Inventory1795000000002 } from './0002-inventory.js'
import { ResultsAndFindings1795000000003 } from './0003-results-and-findings.js'
import { Partitions1795000000004 } from './0004-partitions.js'
import { SmallLocksOfRetention1795000000005 } from './0005-small-locks-of-retention.js'
import { FindingsBySeverityAndSource1795000000006 } from './0006-findings-by-severity-and-source.js'
import { SignatureFactsAndAlerts1795000000007 } from './0007-signature-facts-and-alerts.js'
import { FileSightings1795000000008 } from './0008-file-sightings.js'
import { Md5OfSightings1795000000009 } from './0009-md5-of-sightings.js'
import { Notifications1795000000010 } from './0010-notifications.js'
import { RuleTrials1795000000011 } from './0011-rule-trials.js'
import { StandardNames1795000000012 } from './0012-standard-names.js'
import { SignatureChecks1795000000013 } from './0013-signature-checks.js'
import { TableComments1795000000014 } from './0014-table-comments.js'
import { ImageLayers1795000000015 } from './0015-image-layers.js'
import { OrderByReceipt1795000000016 } from './0016-order-by-receipt.js'
import { SelfTests1795000000017 } from './0017-self-tests.js'
import { EncryptedChannelSecrets1795000000018 } from './0018-encrypted-channel-secrets.js'
import { ListSearch1795000000019 } from './0019-list-search.js'
import { Incidents1795000000020 } from './0020-incidents.js'
import { Triage1795000000021 } from './0021-triage.js'
import { ChannelKinds1795000000022 } from './0022-channel-kinds.js'
import { RolesAndSessions1795000000023 } from './0023-roles-and-sessions.js'
import { TwoFactor1795000000024 } from './0024-two-factor.js'
import { KnownDevices1795000000025 } from './0025-known-devices.js'
import { Exceptions1795000000026 } from './0026-exceptions.js'
import { AuditChain1795000000027 } from './0027-audit-chain.js'
import { SavedViews1795000000028 } from './0028-saved-views.js'
import { HourlyTotals1795000000029 } from './0029-hourly-totals.js'
import { NotificationRules1795000000030 } from './0030-notification-rules.js'

/** All migrations, oldest first. Append only. */
export const MIGRATIONS = [
  AccountsAndKeys1795000000001,
  Inventory1795000000002,
  ResultsAndFindings1795000000003,
  Partitions1795000000004,
  SmallLocksOfRetention1795000000005,
  FindingsBySeverityAndSource1795000000006,
  SignatureFactsAndAlerts1795000000007,
  FileSightings1795000000008,
  Md5OfSightings1795000000009,
  Notifications1795000000010,
  RuleTrials1795000000011,
  StandardNames1795000000012,
  SignatureChecks1795000000013,
  TableComments1795000000014,
  ImageLayers1795000000015,
  OrderByReceipt1795000000016,
  SelfTests1795000000017,
  EncryptedChannelSecrets1795000000018,
  ListSearch1795000000019,
  Incidents1795000000020,
  Triage1795000000021,
  ChannelKinds1795000000022,
  RolesAndSessions1795000000023,
  TwoFactor1795000000024,
  KnownDevices1795000000025,
  Exceptions1795000000026,
  AuditChain1795000000027,
  SavedViews1795000000028,
  HourlyTotals1795000000029,
  NotificationRules1795000000030,
] as const

/** Versions with this migration can decrypt the secrets of notification channels; those without it would send the encrypted text. */
export const ENCRYPTED_SECRETS_MIGRATION = EncryptedChannelSecrets1795000000018.name
