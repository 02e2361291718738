import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'
import { runCommand } from '@guardimesh/testbed/run-command.js'

/** A shell and an interpreter that can ask the kernel for anything, as an intruder would find in many images. */
export const PERL_IMAGE = 'localhost/guardimesh/e2e-perl:1'

const PERL = '/usr/bin/perl'

/** Writes the archive of the image: the demo image's shell with this machine's perl, which every Debian has. @returns its path. */
export async function buildPerlImage(folder: string): Promise<string> {
  const paths = [PERL, ...(await listLibraries(PERL))]
  const perl = await Promise.all(paths.map(async (path) => ({ path, content: await readFile(path), mode: 0o755 })))
  const files = [...(await shellFiles()), ...perl]
  return buildImage({
    name: PERL_IMAGE,
    files,
    command: SLEEP_FOREVER,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    archiveFile: join(folder, 'perl.tar'),
  })
}

/** The libraries that a program is loaded with, the loader included. */
async function listLibraries(program: string): Promise<string[]> {
  const lines = (await runCommand('ldd', [program])).split('\n')
  return lines.flatMap((line) => /(?:=>\s*|^\s+)(\/\S+)\s+\(/.exec(line)?.[1] ?? [])
}
