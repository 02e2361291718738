import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { SeverityName } from '@guardimesh/contracts/detection/severity'
import type { Drift } from './drift-detector.js'

/** Suspicious behaviour of a running program, which is a finding regardless of the content. */
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
  description:
    'A process runs a program that exists only in memory and was never a file. This is a common way to hide malware from the disk.',
}

export const MEMFD_LIBRARY: Behaviour = {
  signatureName: 'Guardimesh.Memfd.Library',
  scanSource: 'memfd',
  severity: 'high',
  description:
    'A process has loaded a library that exists only in memory and was never a file. This is a common way to hide malware from the disk.',
}

export const DELETED_EXECUTABLE: Behaviour = {
  signatureName: 'Guardimesh.Deleted.Executable',
  scanSource: 'deleted_binary',
  severity: 'high',
  description:
    'A process runs a program whose file has been deleted. Malware does this to leave no traces; an upgrade inside the container can also cause it.',
}

export const DELETED_LIBRARY: Behaviour = {
  signatureName: 'Guardimesh.Deleted.Library',
  scanSource: 'deleted_library',
  severity: 'medium',
  description:
    'A process uses a library whose file has been deleted. Injected code does this to leave no traces; an upgrade inside the container can also cause it.',
}

export const MEMFD_SCRIPT: Behaviour = {
  signatureName: 'Guardimesh.Memfd.Script',
  scanSource: 'memfd',
  severity: 'high',
  description:
    'An interpreter runs a script that exists only in memory and was never a file. This is a common way to hide malware from the disk.',
}

/** What a process does with a file that the image does not contain. */
export type DriftRole = 'Executable' | 'Library' | 'Script'

const ACTIONS: Readonly<Record<DriftRole, string>> = {
  Executable: 'A program was executed',
  Library: 'A process has loaded a library or program',
  Script: 'An interpreter runs a script',
}

/** Returns the finding for a kind of drift; undefined for none. Scripts are less suspicious: many programs write their own. Pure. */
export function behaviourOfDrift(drift: Drift, role: DriftRole = 'Executable'): Behaviour | undefined {
  const isScript = role === 'Script'
  const scanSource = 'drift'
  switch (drift.kind) {
    case 'none':
      return undefined
    case 'new':
      return {
        ...{ signatureName: `Guardimesh.Drift.New${role}`, scanSource, severity: isScript ? 'low' : 'medium' },
        description: `${ACTIONS[role]} that is not in the image of the container. It was written after the container started.`,
      }
    case 'changed':
      return {
        ...{ signatureName: `Guardimesh.Drift.Changed${role}`, scanSource, severity: isScript ? 'medium' : 'high' },
        description: `${ACTIONS[role]} whose content differs from the image. It was changed after the container started.`,
      }
    case 'volume':
      return {
        ...{ signatureName: `Guardimesh.Drift.Volume${role}`, scanSource, severity: isScript ? 'low' : 'medium' },
        description: `${ACTIONS[role]} from a volume that the container can write to. It is not part of the image.`,
      }
  }
}
