import { runChecked } from '@guardimesh/kit'
import { SLEEP_FOREVER } from '@guardimesh/testbed/demo-image.js'
import type { Gap, Placement } from '../placement.js'
import { CLEAN_IMAGE, ctrArguments, UNMANAGED_NAMESPACES, unmanagedId } from '../stage.js'

const ENDED: readonly Gap[] = [{ reason: 'ended_before_scan' }]
const UNWATCHED: readonly Gap[] = [{ reason: 'not_watched_at_start' }]
const UNMANAGED: readonly Gap[] = [{ reason: 'unmanaged_container' }]
const STAY = SLEEP_FOREVER.join(' ')

/** Containers that write when they start, end soon, or are not created by the CRI. `$W` writes the file. */
export const STARTS: readonly Omit<Placement, 'group'>[] = [
  started('first process writes and stays', `$W; exec ${STAY}`, UNWATCHED),
  started('written 0.5 s after the start, stays', `usleep 500000; $W; exec ${STAY}`, UNWATCHED, 500),
  started('written at the start, ends after 2 s', '$W; sleep 2', ENDED),
  started('written after 1 s, ends after 1.5 s', 'sleep 1; $W; usleep 500000', ENDED, 1000),
  started('written at the start, ends after 0.5 s', '$W; usleep 500000', ENDED),
  started('written at the start, ends at once', '$W', ENDED),
  started('written and removed at the start, stays', `$W; rm $F; exec ${STAY}`, UNWATCHED),
  ...UNMANAGED_NAMESPACES.map(unmanaged),
]

/** @param delayMs time of the write after the start. */
function started(name: string, script: string, gaps: readonly Gap[], delayMs = 0): Omit<Placement, 'group'> {
  const run: Placement['run'] = async ({ stage, folder, tail }) => {
    const path = `${folder}/file.com`
    const command = ['/bin/sh', '-c', `F=${path}; W="/bin/place write '${tail}' $F"; ${script.replace('$W', 'eval "$W" > /dev/null')}`]
    const atMs = Date.now()
    const { containerId } = await stage.web.startContainer({ containerName: `start${folder.replaceAll('/', '-')}`, command, mounts: [] })
    return { containerId, atMs: atMs + delayMs, path, gaps }
  }
  return { name, run }
}

function unmanaged(namespace: (typeof UNMANAGED_NAMESPACES)[number]): Omit<Placement, 'group'> {
  const run: Placement['run'] = async ({ stage: { containerd, archive }, folder, tail }) => {
    const ctr = (...args: string[]) => runChecked('ctr', ctrArguments(containerd, namespace, ...args))
    if (namespace !== 'k8s.io') await ctr('images', 'import', archive)
    const [path, containerId] = [`${folder}/file.com`, unmanagedId(namespace)]
    const command = ['/bin/sh', '-c', `sleep 2; /bin/place write '${tail}' ${path}; exec ${STAY}`]
    const atMs = Date.now()
    await ctr('run', '--detach', '--snapshotter', 'overlayfs', CLEAN_IMAGE, containerId, ...command)
    return { containerId, atMs: atMs + 2000, path, gaps: UNMANAGED }
  }
  return { name: `created with ctr, namespace ${namespace}`, run }
}
