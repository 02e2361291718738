import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { runChecked } from '@guardimesh/kit'
import type { RunningContainerd } from '@guardimesh/testbed/containerd.js'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'
import { CROWD_IMAGE } from './neighbour.js'

const SOURCE = join(REPOSITORY_FOLDER, 'bench/src/neighbours/helper/crowd.c')

/** Builds and imports the image of the neighbours: a shell and the program `crowd`. */
export async function importCrowdImage(containerd: RunningContainerd, folder: string): Promise<void> {
  const [program, archiveFile] = [join(folder, 'crowd'), join(folder, 'crowd.tar')]
  await runChecked('gcc', ['-O1', '-static', '-o', program, SOURCE])
  const files = [...(await shellFiles()), { path: '/bin/crowd', content: await readFile(program), mode: 0o755 }]
  await buildImage({ name: CROWD_IMAGE, files, command: SLEEP_FOREVER, archiveFile })
  await containerd.importImage(archiveFile, CROWD_IMAGE)
}
