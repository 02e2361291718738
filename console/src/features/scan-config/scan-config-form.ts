import { MIB_BYTES, ScanConfig } from '@guardimesh/contracts'
import type { FieldErrors, Resolver } from 'react-hook-form'
import { type InvalidKey, issueMessage } from '../../forms/form-text.js'

/** Value of a number field; '' while it is empty. */
type NumberInputValue = number | string

/** Form values: flat, sizes in MiB, lists as lines of text. */
export interface ScanConfigForm {
  activeScan: boolean
  scheduledScan: boolean
  schedule: string
  scheduleJitterSeconds: NumberInputValue
  skipNamespaces: string
  fanotify: boolean
  drift: boolean
  deletedBinary: boolean
  deletedLibrary: boolean
  memfd: boolean
  volumes: boolean
  obfuscation: boolean
  imageLayers: boolean
  deduplicationTtlSeconds: NumberInputValue
  maxFileSizeMib: NumberInputValue
  processScanIntervalSeconds: NumberInputValue
  pollIntervalSeconds: NumberInputValue
  signatureDatabases: string
  concurrentScans: NumberInputValue
  mibPerSecond: NumberInputValue
  imageLayerMibPerSecond: NumberInputValue
  openFiles: NumberInputValue
}

const toLines = (names: readonly string[]) => names.join('\n')
const fromLines = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** '' becomes NaN, which the schema rejects. */
const toNumber = (typed: NumberInputValue) => (typed === '' ? Number.NaN : Number(typed))
const toBytes = (typed: NumberInputValue) => Math.round(toNumber(typed) * MIB_BYTES)

export function toForm({ features, budgets, ...config }: ScanConfig): ScanConfigForm {
  const { maxFileSizeBytes, skipNamespaces, signatureDatabases, ...same } = config
  const { bytesPerSecond, imageLayerBytesPerSecond, ...sameBudgets } = budgets
  return {
    ...same,
    ...features,
    ...sameBudgets,
    skipNamespaces: toLines(skipNamespaces),
    signatureDatabases: toLines(signatureDatabases),
    maxFileSizeMib: maxFileSizeBytes / MIB_BYTES,
    mibPerSecond: bytesPerSecond / MIB_BYTES,
    imageLayerMibPerSecond: imageLayerBytesPerSecond / MIB_BYTES,
  }
}

/** Builds the request body, not validated yet. */
export function toConfig(form: ScanConfigForm): unknown {
  const { activeScan, scheduledScan, schedule } = form
  const { fanotify, drift, deletedBinary, deletedLibrary, memfd, volumes, obfuscation, imageLayers } = form
  return {
    activeScan,
    scheduledScan,
    schedule: schedule.trim(),
    scheduleJitterSeconds: toNumber(form.scheduleJitterSeconds),
    skipNamespaces: fromLines(form.skipNamespaces),
    features: { fanotify, drift, deletedBinary, deletedLibrary, memfd, volumes, obfuscation, imageLayers },
    deduplicationTtlSeconds: toNumber(form.deduplicationTtlSeconds),
    maxFileSizeBytes: toBytes(form.maxFileSizeMib),
    processScanIntervalSeconds: toNumber(form.processScanIntervalSeconds),
    pollIntervalSeconds: toNumber(form.pollIntervalSeconds),
    signatureDatabases: fromLines(form.signatureDatabases),
    budgets: {
      concurrentScans: toNumber(form.concurrentScans),
      bytesPerSecond: toBytes(form.mibPerSecond),
      imageLayerBytesPerSecond: toBytes(form.imageLayerMibPerSecond),
      openFiles: toNumber(form.openFiles),
    },
  }
}

/** Form fields that have a different name than in the API. */
const RENAMED: Readonly<Record<string, keyof ScanConfigForm>> = {
  maxFileSizeBytes: 'maxFileSizeMib',
  bytesPerSecond: 'mibPerSecond',
  imageLayerBytesPerSecond: 'imageLayerMibPerSecond',
}
const FIELDS_IN_MIB = Object.values(RENAMED)

/** Returns the form field of an API path. Errors of list entries belong to the list. */
function fieldOf(path: readonly PropertyKey[]): string {
  const name = path.findLast((part) => typeof part === 'string') ?? ''
  return RENAMED[name] ?? name
}

type Issue = NonNullable<ReturnType<typeof ScanConfig.safeParse>['error']>['issues'][number]

const TEXT_MESSAGES: Readonly<Record<string, InvalidKey>> = {
  schedule: 'schedule',
  skipNamespaces: 'namespaces',
  signatureDatabases: 'databaseNames',
}

/** Limits are stated in the unit of the form. */
function messageOf(field: string, issue: Issue): string {
  const unit = FIELDS_IN_MIB.some((name) => name === field) ? MIB_BYTES : 1
  return TEXT_MESSAGES[field] ?? issueMessage(issue, unit)
}

/** Validates the form with the API's schema. */
export const resolveScanConfig: Resolver<ScanConfigForm, unknown, ScanConfig> = (form) => {
  const parsed = ScanConfig.safeParse(toConfig(form))
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error.issues) {
    const field = fieldOf(issue.path)
    errors[field] ??= { type: issue.code, message: messageOf(field, issue) }
  }
  return { values: {}, errors: errors as FieldErrors<ScanConfigForm> }
}
