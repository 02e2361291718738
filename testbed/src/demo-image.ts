import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { buildImage, type ImageEntry } from './oci-image.js'

export const PAUSE_IMAGE = 'localhost/guardimesh/pause:1'
export const DEMO_IMAGE = 'localhost/guardimesh/demo:1'

/** Keeps a container running: 68 years, the maximum of all busybox versions. */
export const SLEEP_FOREVER = ['/bin/sleep', '2147483647'] as const

const BUSYBOX = '/usr/bin/busybox'
/** A statically linked ELF file needs no loader: it has no PT_INTERP program header. */
const PT_INTERP = 3

/** Writes the archive of the sandbox image. @returns its path. */
export async function buildPauseImage(folder: string): Promise<string> {
  const files = [await busyboxFile(), { path: '/bin/sleep', linkTo: 'busybox' }]
  return buildImage({ name: PAUSE_IMAGE, files, command: SLEEP_FOREVER, archiveFile: join(folder, 'pause.tar') })
}

/** Writes the archive of the demo image: Debian's static busybox with all applets. @returns its path. */
export async function buildDemoImage(folder: string): Promise<string> {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' }
  return buildImage({ name: DEMO_IMAGE, files: await shellFiles(), command: SLEEP_FOREVER, env, archiveFile: join(folder, 'demo.tar') })
}

/**
 * Returns a small root file system with a shell, to which an image can add files.
 *
 * @throws Error when Debian's `busybox-static` is not installed.
 */
export async function shellFiles(): Promise<ImageEntry[]> {
  const applets = (await runChecked(BUSYBOX, ['--list'])).split('\n').filter((name) => name !== '' && name !== 'busybox')
  return [
    await busyboxFile(),
    ...applets.map((name) => ({ path: `/bin/${name}`, linkTo: 'busybox' })),
    { path: '/etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n', mode: 0o644 },
    { path: '/etc/group', content: 'root:x:0:\nnogroup:x:65534:\n', mode: 0o644 },
    { path: '/root', folderMode: 0o700 },
    { path: '/tmp', folderMode: 0o1777 },
    { path: '/usr/bin', folderMode: 0o755 },
    { path: '/var/tmp', folderMode: 0o1777 },
  ]
}

async function busyboxFile(): Promise<ImageEntry> {
  let content: Buffer
  try {
    content = await readFile(BUSYBOX)
  } catch (error) {
    throw new Error(`${BUSYBOX} is missing: install the Debian package busybox-static`, { cause: error })
  }
  if (!isStatic(content)) throw new Error(`${BUSYBOX} is linked dynamically: install the Debian package busybox-static instead`)
  return { path: '/bin/busybox', content, mode: 0o755 }
}

/** Reads the program headers of a 64-bit little-endian ELF file (elf(5)). */
function isStatic(elf: Buffer): boolean {
  const headersAt = Number(elf.readBigUInt64LE(32))
  const [headerBytes, count] = [elf.readUInt16LE(54), elf.readUInt16LE(56)]
  for (let index = 0; index < count; index++) if (elf.readUInt32LE(headersAt + index * headerBytes) === PT_INTERP) return false
  return true
}
