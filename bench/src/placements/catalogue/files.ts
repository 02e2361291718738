import { createReadStream } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { Placement } from '../placement.js'
import { type Content, placed, STAY_SECONDS, scripted, writeIn, written } from './builders.js'

const file = (folder: string) => [`${folder}/file.com`]
const at = (name: string) => (folder: string) => `${folder}/${name}`
const FILES_MAN = /FilesMan/

/** Files in the writable layer: names, owners, sizes and the ways in which they are created. */
export const FILES: readonly Omit<Placement, 'group'>[] = [
  placed('plain file', 'write', file),
  placed('hidden folder and name', 'write', (folder) => [`${folder}/.hidden/.file`], { path: at('.hidden/.file') }),
  placed('name of 255 bytes', 'write', (folder) => [`${folder}/${'L'.repeat(255)}`], { path: at('L'.repeat(255)) }),
  placed('path of more than 3,000 bytes', 'deep', (folder) => [`${folder}/deep`, '15'], {
    path: (folder) => new RegExp(`^${folder}/deep/d{200}/.*/invoice\\.com$`),
  }),
  placed('path of more than 4,300 bytes', 'deep', (folder) => [`${folder}/deep`, '22'], {
    path: /a path of more than 4096 bytes/,
    gaps: (folder) => [{ reason: 'unreadable', path: new RegExp(`^${folder}/deep`) }],
  }),
  placed('in a folder with mode 0', 'no-access', (folder) => [`${folder}/in/file.com`, 'folder'], { path: at('in/file.com') }),
  placed('mode 0, owner nobody', 'no-access', (folder) => [`${folder}/file.com`, 'file']),
  placed('symbolic link to a file elsewhere', 'through-link', (folder) => [`${folder}/target/file.com`, `${folder}/link`], {
    path: at('target/file.com'),
  }),
  placed('modification time in the future', 'dated', (folder) => [`${folder}/file.com`, '4087000000']),
  placed('removed after 200 ms', 'remove', (folder) => [`${folder}/file.com`, '200']),
  placed('removed after 20 ms', 'remove', (folder) => [`${folder}/file.com`, '20']),
  placed('removed at once', 'remove', (folder) => [`${folder}/file.com`, '0']),
  placed('through /proc/1/root', 'write', (folder) => [`/proc/1/root${folder}/file.com`]),
  placed('through the descriptor of another process', 'through-descriptor', file),
  scripted(
    'copied in with tar',
    'cd $D; mkdir in; /bin/place write "$T" $D/in/file.com > /dev/null; tar cf x.tar in; rm -r in; tar xf x.tar; /bin/execute now',
    {
      path: at('in/file.com'),
    },
  ),
  { name: 'from the node, directly in the writable layer', run: runFromNode },
  placed('in an extended attribute only', 'attribute', file, { isHarmless: true }),
  placed('at the end of a file of 1 MiB', 'large', (folder) => [`${folder}/file.com`, String(MIB_BYTES), 'end'], { isHarmless: true }),
  placed('file of 101 MiB', 'large', (folder) => [`${folder}/file.com`, String(101 * MIB_BYTES), 'start']),
  placed('sparse file of 3 GiB', 'large', (folder) => [`${folder}/file.com`, String(3072 * MIB_BYTES), 'start']),
  placed('user namespace', 'namespace', (folder) => [`${folder}/file.com`, 'user']),
  placed('chroot inside the container', 'chroot', (folder) => [`${folder}/root`, '/in/file.com'], { path: at('root/in/file.com') }),
]

/** Large files, each of which occupies an engine for a while. */
export const LARGE_FILES: readonly Omit<Placement, 'group'>[] = [
  written('web shell at the end of a file of 20 MiB', 'shell.txt', ({ stage }) => webShell(stage.folder, 20), {
    in: 'heavy',
    signature: FILES_MAN,
  }),
  written('web shell at the end of a file of 99 MiB', 'shell.txt', ({ stage }) => webShell(stage.folder, 99), {
    in: 'heavy',
    signature: FILES_MAN,
  }),
]

/** Ways to change a file without a close event, or later than it. */
export const WRITERS: readonly Omit<Placement, 'group'>[] = [
  placed('kept open for writing', 'hold', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('existing file, changed and kept open', 'hold-existing', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('in two parts, kept open', 'grow', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('overwritten in place', 'overwrite', file),
  placed('O_TMPFILE and linkat', 'unnamed', (folder) => ['/tmp', `${folder}/file.com`]),
  placed('renamed at once', 'rename', (folder) => [`${folder}/part`, `${folder}/file.com`, '0']),
  placed('renamed 3 s later', 'rename', (folder) => [`${folder}/part`, `${folder}/file.com`, '3000']),
  placed('linked 2 s later', 'link', (folder) => [`${folder}/part`, `${folder}/other/file.com`, '2000'], { path: at('other/file.com') }),
  placed('two names exchanged', 'exchange', (folder) => [`${folder}/part`, `${folder}/file.com`]),
  placed('written through a mapping', 'mapped', file),
  placed('written through a mapping after close', 'mapped-later', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('spliced from a pipe', 'splice', file),
  placed('copy_file_range, kept open', 'copy', (folder) => [`${folder}/file.com`, `${folder}/source`, STAY_SECONDS, 'range']),
  placed('sendfile, kept open', 'copy', (folder) => [`${folder}/file.com`, `${folder}/source`, STAY_SECONDS, 'sendfile']),
  placed('io_uring, kept open', 'uring', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('truncated later', 'truncate', file),
  placed('first block removed with fallocate, kept open', 'collapse', (folder) => [`${folder}/file.com`, STAY_SECONDS]),
  placed('mount namespace of its own, ordinary folder', 'namespace', (folder) => [`${folder}/file.com`, 'mount'], { in: 'privileged' }),
]

async function runFromNode({ stage: { web }, folder, tail }: Parameters<Placement['run']>[0]) {
  await writeIn(web, `${folder}/other`, 'harmless')
  const upperdir = /upperdir=([^,]+)/.exec(await readFile(`/proc/${web.pid}/mountinfo`, 'latin1'))?.[1] ?? ''
  await writeFile(join(upperdir, folder, 'file.com'), [eicarBytes(), tail].join(''))
  return { containerId: web.containerId, atMs: Date.now(), path: `${folder}/file.com` }
}

/** Creates text that ends with a line of a well-known web shell, which is in parts here. */
async function webShell(folder: string, mib: number): Promise<Content> {
  const path = join(folder, `shell-${mib}`)
  await runChecked('sh', ['-c', `yes 'a line of text' | head -c ${mib * MIB_BYTES - 64} > ${path}`])
  await appendFile(path, ['\n$default_action', " = 'Files", "Man';\n"].join(''))
  return createReadStream(path)
}
