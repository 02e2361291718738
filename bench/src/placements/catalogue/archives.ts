import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { Placement, Site } from '../placement.js'
import { type Content, written } from './builders.js'

const PASSWORD = 'placements'
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC', 'base64')
/** Offset of both sizes in the local header of a ZIP member, which has this length without the name. */
const ZIP_SIZES = { from: 18, to: 26 }

/** Archives whose last or only member is EICAR: `$A` is the archive, `eicar.com` the member, in a folder of its own. */
const BY_COMMAND: Readonly<Record<string, string>> = {
  'app.zip': 'zip -q $A eicar.com',
  'app.7z': '7z a -bd -y $A eicar.com',
  'app.tar': 'tar cf $A eicar.com',
  'zip-in.tar': 'zip -q in.zip eicar.com; tar cf $A in.zip',
  'app.tar.gz': 'tar czf $A eicar.com',
  'app.tar.bz2': 'tar cjf $A eicar.com',
  'app.tar.xz': 'tar cJf $A eicar.com',
  'app.tar.zst': 'tar c eicar.com | zstd -qo $A',
  'app.tar.lz4': 'tar c eicar.com | lz4 -q - $A',
  'app.tar.lzma': 'tar c eicar.com | xz --format=lzma > $A',
  'app.gz': 'gzip < eicar.com > $A',
  'app.bz2': 'bzip2 < eicar.com > $A',
  'app.xz': 'xz < eicar.com > $A',
  'app.zst': 'zstd -qo $A eicar.com',
  'zst-in.tar': 'zstd -q eicar.com; tar cf $A eicar.com.zst',
  'zst-in.tar.gz': 'zstd -q eicar.com; tar czf $A eicar.com.zst',
  'zst-in.zip': 'zstd -q eicar.com; zip -q0 $A eicar.com.zst',
  // Padded, so that the member is packed and not stored.
  'zst-in-packed.zip': 'printf "%05000d" 0 > zeros; (zstd -qc eicar.com; zstd -qc zeros; cat zeros) > in.zst; zip -q $A in.zst',
  'app.cpio': 'echo eicar.com | cpio -o --quiet > $A',
  'app.iso': 'mkdir in; mv eicar.com in; genisoimage -quiet -o $A in',
  'app.squashfs': 'mkdir in; mv eicar.com in; mksquashfs in $A -quiet -noappend -no-progress',
  'password.zip': `zip -qP ${PASSWORD} $A eicar.com`,
  'password-aes.zip': `7z a -bd -y -tzip -mem=AES256 -p${PASSWORD} $A eicar.com`,
  'password.7z': `7z a -bd -y -p${PASSWORD} $A eicar.com`,
  'password-names.7z': `7z a -bd -y -p${PASSWORD} -mhe=on $A eicar.com`,
  'nested-10.zip': nested(10),
  'nested-25.zip': nested(25),
}
const LARGE: Readonly<Record<string, string>> = {
  'members-12001.zip': 'mkdir in; (cd in; seq 12000 | split -l 1 -a 3); zip -qr $A in; zip -q $A eicar.com',
  'bomb-300.zip': 'head -c 300M /dev/zero > zeros; zip -q $A zeros; zip -q $A eicar.com',
  'stored-90.zip': `head -c ${90 * MIB_BYTES} /dev/urandom > noise; zip -q0 $A noise; zip -q0 $A eicar.com`,
  'stored-101.zip': `head -c ${101 * MIB_BYTES} /dev/urandom > noise; zip -q0 $A noise; zip -q0 $A eicar.com`,
}

/** Archives and other files that contain EICAR. */
export const ARCHIVES: readonly Omit<Placement, 'group'>[] = [
  ...Object.entries(BY_COMMAND).map(([name, command]) => written(name, name, (site) => build(site, name, command))),
  written('image followed by an archive', 'photo.png', async (site) => Buffer.concat([PNG, await zip(site, 'photo')])),
  written('ZIP with sizes in its central directory only', 'central.zip', async (site) =>
    (await zip(site, 'central')).fill(0, ZIP_SIZES.from, ZIP_SIZES.to),
  ),
  written('mail with an attachment', 'mail.eml', ({ tail }) => mail(tail)),
]

export const LARGE_ARCHIVES: readonly Omit<Placement, 'group'>[] = Object.entries(LARGE).map(([name, command]) =>
  written(name, name, (site) => build(site, name, command), { in: 'heavy' }),
)

function nested(levels: number): string {
  return `mv eicar.com in; for i in $(seq ${levels}); do zip -q out.zip in; mv out.zip in; done; mv in $A`
}

async function build(site: Site, name: string, command: string): Promise<Content> {
  const folder = join(site.stage.folder, `archive-${name}`)
  await mkdir(folder)
  await writeFile(join(folder, 'eicar.com'), [eicarBytes(), site.tail].join(''))
  await runChecked('bash', ['-ec', `cd ${folder}; A=${folder}/archive.out; ${command}`])
  return createReadStream(join(folder, 'archive.out'))
}

async function zip(site: Site, name: string): Promise<Buffer> {
  await build(site, name, 'zip -q $A eicar.com')
  return readFile(join(site.stage.folder, `archive-${name}`, 'archive.out'))
}

function mail(tail: string): string {
  const header = ['From: a@example.com', 'To: b@example.com', 'Subject: invoice', 'MIME-Version: 1.0']
  const part = ['Content-Type: application/octet-stream; name="invoice.com"', 'Content-Transfer-Encoding: base64']
  const body = Buffer.from([eicarBytes(), tail].join('')).toString('base64')
  return [...header, 'Content-Type: multipart/mixed; boundary="b"', '', '--b', ...part, '', body, '--b--', ''].join('\r\n')
}
