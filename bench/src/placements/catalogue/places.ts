import type { Gap, Placement } from '../placement.js'
import { placed, STAY_SECONDS, scripted, timeOf, writeIn } from './builders.js'

const MOUNT_REASONS = [
  'mount_not_watched',
  'volume_not_scanned',
  'network_file_system',
  'outside_container',
  'file_system_stalled',
] as const
/** Entries of the mount that contains the file. */
const mountAt = (path: string): readonly Gap[] => MOUNT_REASONS.map((reason) => ({ reason, path }))
const own = (folder: string) => mountAt(`${folder}/own`)
const inOwn = (folder: string) => `${folder}/own/file.com`
const inside = (place: string) => (folder: string) => `${place}/${folder.replaceAll('/', '-')}`
const writtenTo = (name: string, place: string) =>
  placed(name, 'write', (folder) => [inside(place)(folder)], { path: inside(place), gaps: () => mountAt(place) })
const mounted = (name: string, mount: string) =>
  scripted(name, `mkdir $D/own; ${mount}; /bin/place write "$T" $D/own/file.com`, { in: 'privileged', path: inOwn, gaps: own })

/** Volumes, memory, and file systems that are mounted later or in a mount namespace of its own. */
export const PLACES: readonly Omit<Placement, 'group'>[] = [
  writtenTo('/dev/shm', '/dev/shm'),
  writtenTo('/dev', '/dev'),
  writtenTo('hostPath volume', '/volumes/host'),
  writtenTo('emptyDir', '/volumes/empty-dir'),
  writtenTo('emptyDir in memory', '/volumes/memory'),
  writtenTo('volume on a block device', '/volumes/block'),
  writtenTo('subPath', '/volumes/sub-path'),
  placed('single mounted file', 'overwrite', () => ['/etc/single.conf'], {
    path: '/etc/single.conf',
    gaps: () => mountAt('/etc/single.conf'),
  }),
  before('ConfigMap', '/volumes/configmap'),
  before('Secret', '/volumes/secret'),
  { name: 'emptyDir, written by another container', run: runShared },
  mounted('tmpfs mounted inside', 'mount -t tmpfs own $D/own'),
  mounted('bind mount inside', 'mkdir $D/other; mount -o bind $D/other $D/own'),
  mounted(
    'overlay on /dev/shm mounted inside',
    'U=/dev/shm/$$; mkdir -p $U/u $U/w; mount -t overlay o -o lowerdir=/bin,upperdir=$U/u,workdir=$U/w $D/own',
  ),
  mounted(
    'block device mounted inside',
    'dd if=/dev/zero of=$D/disk bs=1M count=8 2> /dev/null; mke2fs -F $D/disk > /dev/null 2>&1; mount -o loop $D/disk $D/own',
  ),
  placed('tmpfs in a user and mount namespace', 'tmpfs', (folder) => [`${folder}/own`, 'file.com', STAY_SECONDS], {
    path: inOwn,
    gaps: own,
  }),
  placed('overlay in a user and mount namespace', 'tmpfs', (folder) => [`${folder}/own`, 'file.com', STAY_SECONDS, 'overlay'], {
    path: inOwn,
    gaps: own,
  }),
  placed('/dev/shm from another mount namespace', 'namespace', (folder) => [inside('/dev/shm')(folder), 'user'], {
    path: inside('/dev/shm'),
  }),
]

/** A file system that does not respond, after all other placements, because it may block a scanner. */
export const STALLED_PLACES: readonly Omit<Placement, 'group'>[] = [
  placed('FUSE file system whose server does not answer', 'stalled', () => ['/stalled', STAY_SECONDS], {
    in: 'privileged',
    path: '/stalled/file.com',
    gaps: () => mountAt('/stalled'),
  }),
  { name: 'another container while it does not answer', run: runBesideStalled },
]

/** A file that was on the volume before the container started. */
function before(name: string, place: string): Omit<Placement, 'group'> {
  const run: Placement['run'] = async ({ stage: { web, startedAtMs } }) => ({
    ...{ containerId: web.containerId, atMs: startedAtMs, path: `${place}/before`, gaps: mountAt(place) },
  })
  return { name, run }
}

async function runShared({ stage: { neighbour }, folder, tail }: Parameters<Placement['run']>[0]) {
  const path = inside('/volumes/empty-dir')(folder)
  const atMs = await timeOf(neighbour, ['/bin/place', 'write', tail, path])
  return { containerId: neighbour.containerId, atMs, path, gaps: mountAt('/volumes/empty-dir') }
}

async function runBesideStalled({ stage: { web }, folder }: Parameters<Placement['run']>[0]) {
  const path = `${folder}/file.php`
  return {
    containerId: web.containerId,
    atMs: await writeIn(web, path, ['<?php // ', folder, '\nsys', 'tem($_G', "ET['c']);\n"].join('')),
    path,
    signature: /Webshell|PHP_/,
  }
}
