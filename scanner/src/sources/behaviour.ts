import type { ScanSourceName, SeverityName } from '@guardimesh/contracts'
import type { Drift } from './drift-detector.js'

/** What a running program does that no image explains: a finding whatever its content is. */
export interface Behaviour {
  readonly signatureName: string
  readonly scanSource: ScanSourceName
  readonly severity: SeverityName
  readonly description: string
}

export const MEMFD_EXECUTABLE: Behaviour = {
  signatureName: 'Guardimesh.Memfd.Executable',
  scanSource: 'memfd',
  severity: 'high',
  description: 'A process runs a program that exists in memory only and was never a file: a common way to hide malware from the disk.',
}

export const MEMFD_LIBRARY: Behaviour = {
  signatureName: 'Guardimesh.Memfd.Library',
  scanSource: 'memfd',
  severity: 'high',
  description:
    'A process has loaded a library that exists in memory only and was never a file: a common way to hide malware from the disk.',
}

export const DELETED_EXECUTABLE: Behaviour = {
  signatureName: 'Guardimesh.Deleted.Executable',
  scanSource: 'deleted_binary',
  severity: 'high',
  description:
    'A process goes on running a program whose file was deleted: malware does so to leave no trace; an upgrade inside the container may too.',
}

export const DELETED_LIBRARY: Behaviour = {
  signatureName: 'Guardimesh.Deleted.Library',
  scanSource: 'deleted_library',
  severity: 'medium',
  description:
    'A process uses a library whose file was deleted: injected code does so to leave no trace; an upgrade inside the container may too.',
}

/** What drift means. Undefined for none. Pure. */
export function behaviourOfDrift(drift: Drift): Behaviour | undefined {
  switch (drift.kind) {
    case 'none':
      return undefined
    case 'new':
      return {
        signatureName: 'Guardimesh.Drift.NewExecutable',
        scanSource: 'drift',
        severity: 'medium',
        description: 'A program was executed that is not in the image of the container: it was written after the container started.',
      }
    case 'changed':
      return {
        signatureName: 'Guardimesh.Drift.ChangedExecutable',
        scanSource: 'drift',
        severity: 'high',
        description: 'A program was executed whose content is not that of the image: it was changed after the container started.',
      }
    case 'volume':
      return {
        signatureName: 'Guardimesh.Drift.VolumeExecutable',
        scanSource: 'drift',
        severity: 'medium',
        description: 'A program was executed from a volume that the container can write to; it is not part of the image.',
      }
  }
}
