import { type Component, componentName, type GuardimeshPlatformSpec } from '@guardimesh/contracts'
import { quantityBytes } from '../desired/quantity.js'
import type { Blocked } from '../reconcile/blocked.js'
import type { PlatformObservation } from './observe.js'
import { liveVolume } from './settings.js'

/** The first volume for which the user requests a smaller size than it has; undefined if there is none. Pure. */
export function firstShrunkVolume(observed: PlatformObservation): Blocked | undefined {
  // Without the defaults: a volume from an earlier installation may be larger than they are.
  const { database, signatureServer } = (observed.resource.spec ?? {}) as GuardimeshPlatformSpec
  const requests = [
    ['database.bundled.storage.size', 'postgres', database?.bundled?.storage?.size],
    ['signatureServer.storage.size', 'signature-server', signatureServer?.storage?.size],
  ] as const
  for (const [field, component, wanted] of requests) {
    const live = liveVolume(observed, component)
    if (wanted !== undefined && live && quantityBytes(wanted) < quantityBytes(live.size))
      return tooSmall(field, wanted, { name: volumeName(observed, component), size: live.size })
  }
  return undefined
}

const volumeName = ({ owner }: PlatformObservation, component: Component) => componentName(owner.name, component)

function tooSmall(field: string, wanted: string, volume: { readonly name: string; readonly size: string }): Blocked {
  return {
    reason: 'SpecInvalid',
    message: `${field} is ${wanted}, but the volume ${volume.name} has ${volume.size}, and a volume cannot shrink. Set ${field} to ${volume.size} or more. To move to a smaller volume, back up, delete the PersistentVolumeClaim and restore. Everything else was applied.`,
  }
}
