import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'

/** Image with a shell and an interpreter for arbitrary system calls, as intruders find in many images. */
export const PERL_IMAGE = 'localhost/guardimesh/e2e-perl:1'

const PERL = '/usr/bin/perl'

/** Builds the image archive from the demo image's shell and this machine's perl, which every Debian includes. @returns its path. */
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

/** Lists the shared libraries of a program, including the loader. */
async function listLibraries(program: string): Promise<string[]> {
  const lines = (await runChecked('ldd', [program])).split('\n')
  return lines.flatMap((line) => /(?:=>\s*|^\s+)(\/\S+)\s+\(/.exec(line)?.[1] ?? [])
}
