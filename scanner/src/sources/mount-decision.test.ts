import { expect, test } from 'vitest'
import { parseMountinfo } from '../node/mountinfo.js'
import { decideMount } from './mount-decision.js'
import { NodeMounts } from './node-mounts.js'

const PODS = '/var/lib/kubelet/pods/11111111-2222-3333-4444-555555555555/volumes'
const SANDBOX = `/run/containerd/io.containerd.grpc.v1.cri/sandboxes/${'a'.repeat(64)}/shm`
const node = new NodeMounts(
  parseMountinfo(
    Buffer.from(
      [
        '1 0 8:1 / / rw - ext4 /dev/sda rw',
        '2 1 0:20 / /run rw - tmpfs tmpfs rw',
        `3 1 0:50 / ${PODS}/kubernetes.io~secret/key rw - tmpfs tmpfs rw`,
        `4 1 0:51 / ${PODS}/kubernetes.io~empty-dir/mem rw - tmpfs tmpfs rw`,
        `5 1 8:16 / ${PODS}/kubernetes.io~csi/pv/mount rw - xfs /dev/sdb rw`,
        `6 2 0:52 / ${SANDBOX} rw - tmpfs shm rw`,
      ].join('\n'),
    ),
  ),
)
const ROOT = '100 90 0:90 / / rw - overlay overlay rw,upperdir=/u'

function decide(lines: readonly string[], changes: Partial<Parameters<typeof decideMount>[1]> = {}) {
  const mounts = parseMountinfo(Buffer.from([ROOT, ...lines].join('\n')))
  const mount = mounts.at(-1)
  if (!mount) throw new Error('no mount')
  const context = { mounts, scanned: [], runtimeMounts: [], node, overlayDevice: '0:90', withVolumes: true }
  const decision = decideMount(mount, { ...context, ...changes })
  if (decision.kind === 'scan') return `scan ${decision.scope}${decision.isRead ? '' : ' elsewhere'}`
  return decision.kind === 'ignored' ? 'ignored' : decision.reason
}

test.each([
  { name: 'the root', lines: [ROOT], expected: 'ignored' },
  { name: 'proc', lines: ['101 100 0:91 / /proc rw - proc proc rw'], expected: 'ignored' },
  { name: 'a mask of the runtime', lines: ['101 100 0:92 / /sys/firmware ro - tmpfs tmpfs ro'], expected: 'ignored' },
  { name: 'a tmpfs that imitates a mask', lines: ['101 100 0:92 / /proc/acpi rw - tmpfs tmpfs rw'], expected: 'scan file-system' },
  { name: 'shared memory of a pod', lines: ['101 100 0:52 / /dev/shm rw - tmpfs shm rw'], expected: 'scan file-system' },
  { name: 'a memory volume', lines: ['101 100 0:51 / /mem rw - tmpfs tmpfs rw'], expected: 'scan file-system' },
  { name: 'a volume on a device of its own', lines: ['101 100 8:16 /sub /data rw - xfs /dev/sdb rw'], expected: 'scan file-system' },
  {
    name: 'a volume on the disk of the node',
    lines: [`101 100 8:1 ${PODS}/kubernetes.io~empty-dir/d /data rw - ext4 /dev/sda rw`],
    expected: 'scan mount',
  },
  { name: 'a single file', lines: ['101 100 8:1 /srv/app.conf /etc/app.conf rw - ext4 /dev/sda rw'], expected: 'scan mount' },
  { name: 'a secret in memory', lines: ['101 100 0:50 / /var/key ro - tmpfs tmpfs rw'], expected: 'volume_not_scanned' },
  {
    name: 'a secret on disk',
    lines: [`101 100 8:1 ${PODS}/kubernetes.io~secret/k /k ro - ext4 /dev/sda rw`],
    expected: 'volume_not_scanned',
  },
  { name: 'a folder of the node', lines: ['101 100 8:1 /etc /node rw - ext4 /dev/sda rw'], expected: 'outside_container' },
  { name: 'the root of the node', lines: ['101 100 8:1 / /node rw - ext4 /dev/sda rw'], expected: 'outside_container' },
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'ceph', 'fuse', 'fuse.sshfs', '9p', 'virtiofs', 'afs', 'gpfs', 'ocfs2', 'autofs', 'invented'].map(
    (type) => ({ name: type, lines: [`101 100 0:99 / /net rw - ${type} server:/share rw`], expected: 'network_file_system' }),
  ),
  {
    name: 'a tmpfs below FUSE',
    lines: ['101 100 0:99 / /net rw - fuse x rw', '102 101 0:98 / /net/a/b rw - tmpfs t rw'],
    expected: 'mount_not_watched',
  },
  {
    name: 'an overlay next to FUSE, which may be one of its layers',
    lines: ['101 100 0:99 / /net rw - fuse x rw', '102 100 0:98 / /merged rw - overlay o rw,lowerdir=/net'],
    expected: 'mount_not_watched',
  },
])('$name: $expected', ({ lines, expected }) => expect(decide(lines)).toBe(expected))

test('excludes volumes when the scan configuration does, but nothing else', () => {
  const off = { withVolumes: false }
  expect(decide(['101 100 0:51 / /mem rw - tmpfs tmpfs rw'], off)).toBe('volume_not_scanned')
  expect(decide(['101 100 8:16 / /data rw - xfs /dev/sdb rw'], off)).toBe('volume_not_scanned')
  expect(decide(['101 100 0:52 / /dev/shm rw - tmpfs shm rw'], off)).toBe('scan file-system')
})

test('reads content once that is mounted twice, and marks each mount of a shared file system', () => {
  const volume = `8:1 ${PODS}/kubernetes.io~empty-dir/d`
  const [first] = parseMountinfo(Buffer.from(`101 100 ${volume} /a rw - ext4 /dev/sda rw`))
  const [memory] = parseMountinfo(Buffer.from('101 100 0:52 / /dev/shm rw - tmpfs shm rw'))
  if (!first || !memory) throw new Error('not parsed')
  expect(decide([`102 100 ${volume}/sub /b rw - ext4 /dev/sda rw`], { scanned: [first] })).toBe('scan mount elsewhere')
  expect(decide(['102 100 0:52 / /copy rw - tmpfs shm rw'], { scanned: [memory] })).toBe('ignored')
})

test('does not read the file systems of the node for a process that has left the root of its container', () => {
  expect(decide(['101 100 8:1 /srv/data /data rw - ext4 /dev/sda rw'], { overlayDevice: '0:77' })).toBe('outside_container')
  expect(decide(['101 100 0:93 / /own rw - tmpfs t rw'], { overlayDevice: '0:77' })).toBe('scan file-system')
})
