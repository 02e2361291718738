import type en from '../../i18n/en.json'
import type { ScanConfigForm } from './scan-config-form.js'

type NamesOf<Value> = { [Name in keyof ScanConfigForm]: ScanConfigForm[Name] extends Value ? Name : never }[keyof ScanConfigForm]
export type SwitchName = NamesOf<boolean>
export type TextName = NamesOf<string>
export type NumberName = Exclude<keyof ScanConfigForm, SwitchName | TextName>

/** A setting and how it is shown. */
export type ConfigField =
  | { readonly kind: 'switch'; readonly name: SwitchName }
  | { readonly kind: 'text' | 'lines'; readonly name: TextName }
  | { readonly kind: 'number'; readonly name: NumberName; readonly unit: keyof typeof en.unit }

export interface ConfigPanel {
  readonly title: 'triggers' | 'limits' | 'detections' | 'intervals' | 'scope'
  readonly fields: readonly ConfigField[]
}

const toSwitch = (name: SwitchName): ConfigField => ({ kind: 'switch', name })

const TRIGGERS: ConfigPanel = {
  title: 'triggers',
  fields: [
    toSwitch('activeScan'),
    toSwitch('scheduledScan'),
    { kind: 'text', name: 'schedule' },
    { kind: 'number', name: 'scheduleJitterSeconds', unit: 'seconds' },
  ],
}
const LIMITS: ConfigPanel = {
  title: 'limits',
  fields: [
    { kind: 'number', name: 'maxFileSizeMib', unit: 'mib' },
    { kind: 'number', name: 'concurrentScans', unit: 'files' },
    { kind: 'number', name: 'mibPerSecond', unit: 'mibPerSecond' },
    { kind: 'number', name: 'imageLayerMibPerSecond', unit: 'mibPerSecond' },
    { kind: 'number', name: 'openFiles', unit: 'files' },
  ],
}
const DETECTIONS: ConfigPanel = {
  title: 'detections',
  fields: (['fanotify', 'drift', 'deletedBinary', 'deletedLibrary', 'memfd', 'obfuscation', 'volumes', 'imageLayers'] as const).map(
    toSwitch,
  ),
}
const INTERVALS: ConfigPanel = {
  title: 'intervals',
  fields: [
    { kind: 'number', name: 'processScanIntervalSeconds', unit: 'seconds' },
    { kind: 'number', name: 'deduplicationTtlSeconds', unit: 'seconds' },
    { kind: 'number', name: 'pollIntervalSeconds', unit: 'seconds' },
  ],
}

/** Two columns of panels. */
export const CONFIG_COLUMNS: readonly (readonly ConfigPanel[])[] = [
  [TRIGGERS, LIMITS],
  [DETECTIONS, INTERVALS],
]

/** Panel below the columns. */
export const SCOPE_PANEL: ConfigPanel = {
  title: 'scope',
  fields: [
    { kind: 'lines', name: 'skipNamespaces' },
    { kind: 'lines', name: 'signatureDatabases' },
  ],
}
