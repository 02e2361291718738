import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'
import { buildRpmHeader, buildRpmSqlite, rpmTags } from '../../src/processes/obfuscation-scanner/packages/rpm-database.fixture.js'
import { textSignature } from './generation.fixture.js'

export const LAYERED_IMAGE = 'localhost/guardimesh/layered:1'
/** Matches `/opt/run.sh` of the image. */
const SCRIPT_TEXT = 'a-script-in-the-lowest-layer'
/** Malware that the container of the image sees without running it. */
export const VISIBLE_MALWARE = ['/opt/lower.com', '/srv/second.com'] as const
/** Package that contains the first file as it is, and the second one with other content. */
const PACKAGE = {
  ...{ name: 'tools', version: '2.0', release: '1.el9', arch: 'x86_64' },
  files: { [VISIBLE_MALWARE[0]]: eicarBytes(), [VISIBLE_MALWARE[1]]: 'the original content' },
}
/** Malware of the script and of the files. */
export const LAYER_SIGNATURES = `Eicar-Test-Signature:0:0:${eicarBytes().toString('hex')}\n${textSignature('Test.Script', SCRIPT_TEXT)}`

const malware = (path: string) => ({ path, content: eicarBytes(), mode: 0o644 })

/**
 * Writes the archive of an image with three layers: malware in the lowest and the second layer, and whiteouts in the topmost one, which hide
 * other malware. The lowest layer contains an RPM database.
 *
 * @param fillerMib size of the topmost layer, whose scan takes a second per MiB with the smallest budget.
 */
export async function buildLayeredImage(folder: string, fillerMib: number): Promise<string> {
  const packages = await buildRpmSqlite(join(folder, 'rpmdb.sqlite'), [buildRpmHeader(rpmTags(PACKAGE))])
  const lowest = [
    ...(await shellFiles()),
    { path: '/usr/lib/sysimage/rpm/rpmdb.sqlite', content: packages, mode: 0o644 },
    ...['/opt/lower.com', '/opt/deleted.com', '/opt/replaced.com', '/opt/opaque/hidden.com', '/opt/gone/hidden.com'].map(malware),
    { path: '/opt/run.sh', content: `#!/bin/sh\n# ${SCRIPT_TEXT}\nsleep 2\n`, mode: 0o755 },
  ]
  const topmost = [
    { path: '/opt/.wh.deleted.com', content: '', mode: 0o644 },
    { path: '/opt/.wh.gone', content: '', mode: 0o644 },
    { path: '/opt/replaced.com', content: 'harmless', mode: 0o644 },
    { path: '/opt/opaque/.wh..wh..opq', content: '', mode: 0o644 },
    ...Array.from({ length: fillerMib }, (_, index) => ({ path: `/filler/${index}`, content: randomBytes(1024 * 1024), mode: 0o644 })),
  ]
  const upperLayers = [[malware('/srv/second.com')], topmost]
  const archiveFile = join(folder, 'layered.tar')
  return buildImage({ name: LAYERED_IMAGE, files: lowest, upperLayers, command: SLEEP_FOREVER, archiveFile })
}
