import { MIB_BYTES, ScanConfig } from '@guardimesh/contracts'
import type { FieldErrors, Resolver } from 'react-hook-form'
import type { InvalidKey } from '../../forms/form-text.js'

/** Numbers as a person types them; '' while a field is empty. */
type Typed = number | string

/** The form's shape: flat, sizes in MiB, lists as lines of text. */
export interface ScanConfigForm {
  activeScan: boolean
  scheduledScan: boolean
  schedule: string
  scheduleJitterSeconds: Typed
  skipNamespaces: string
  fanotify: boolean
  drift: boolean
  deletedBinary: boolean
  deletedLibrary: boolean
  memfd: boolean
  volumes: boolean
  obfuscation: boolean
  deduplicationTtlSeconds: Typed
  maxFileSizeMib: Typed
  processScanIntervalSeconds: Typed
  pollIntervalSeconds: Typed
  signatureDatabases: string
  concurrentScans: Typed
  mibPerSecond: Typed
  openFiles: Typed
}

const toLines = (names: readonly string[]) => names.join('\n')
const fromLines = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** '' becomes NaN, which no bound of the schema takes. */
const toNumber = (typed: Typed) => (typed === '' ? Number.NaN : Number(typed))
const toBytes = (typed: Typed) => Math.round(toNumber(typed) * MIB_BYTES)

export function toForm({ features, budgets, ...config }: ScanConfig): ScanConfigForm {
  const { maxFileSizeBytes, skipNamespaces, signatureDatabases, ...same } = config
  const { bytesPerSecond, ...sameBudgets } = budgets
  return {
    ...same,
    ...features,
    ...sameBudgets,
    skipNamespaces: toLines(skipNamespaces),
    signatureDatabases: toLines(signatureDatabases),
    maxFileSizeMib: maxFileSizeBytes / MIB_BYTES,
    mibPerSecond: bytesPerSecond / MIB_BYTES,
  }
}

/** The API's shape of what was typed; not yet checked. */
export function toConfig(form: ScanConfigForm): unknown {
  const { activeScan, scheduledScan, schedule } = form
  const { fanotify, drift, deletedBinary, deletedLibrary, memfd, volumes, obfuscation } = form
  return {
    activeScan,
    scheduledScan,
    schedule: schedule.trim(),
    scheduleJitterSeconds: toNumber(form.scheduleJitterSeconds),
    skipNamespaces: fromLines(form.skipNamespaces),
    features: { fanotify, drift, deletedBinary, deletedLibrary, memfd, volumes, obfuscation },
    deduplicationTtlSeconds: toNumber(form.deduplicationTtlSeconds),
    maxFileSizeBytes: toBytes(form.maxFileSizeMib),
    processScanIntervalSeconds: toNumber(form.processScanIntervalSeconds),
    pollIntervalSeconds: toNumber(form.pollIntervalSeconds),
    signatureDatabases: fromLines(form.signatureDatabases),
    budgets: {
      concurrentScans: toNumber(form.concurrentScans),
      bytesPerSecond: toBytes(form.mibPerSecond),
      openFiles: toNumber(form.openFiles),
    },
  }
}

/** Fields whose name in the form is not the last part of their path in the API. */
const RENAMED: Readonly<Record<string, keyof ScanConfigForm>> = { maxFileSizeBytes: 'maxFileSizeMib', bytesPerSecond: 'mibPerSecond' }

/** The field that a path of the API belongs to: of an entry of a list, the list. */
function fieldOf(path: readonly PropertyKey[]): string {
  const name = path.findLast((part) => typeof part === 'string') ?? ''
  return RENAMED[name] ?? name
}

type Issue = NonNullable<ReturnType<typeof ScanConfig.safeParse>['error']>['issues'][number]

/** Numbers have their range beside them, in the unit of the form; the schema would name its own unit. */
function messageOf(issue: Issue): string {
  const texts: Partial<Record<Issue['code'], InvalidKey>> = { too_small: 'numberLow', too_big: 'numberHigh', invalid_type: 'number' }
  const isNumber = ('origin' in issue && issue.origin === 'number') || ('expected' in issue && /number|int/.test(issue.expected))
  return (isNumber && texts[issue.code]) || issue.message
}

/** Checks the form with the API's own schema. */
export const resolveScanConfig: Resolver<ScanConfigForm, unknown, ScanConfig> = (form) => {
  const parsed = ScanConfig.safeParse(toConfig(form))
  if (parsed.success) return { values: parsed.data, errors: {} }
  const errors: Record<string, { type: string; message: string }> = {}
  for (const issue of parsed.error.issues) errors[fieldOf(issue.path)] ??= { type: issue.code, message: messageOf(issue) }
  return { values: {}, errors: errors as FieldErrors<ScanConfigForm> }
}
