import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ImageTable } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'

const ROOT = resolve(import.meta.dirname, '../../..')
const CHART_FOLDER = join(ROOT, 'charts/guardimesh')
/** The permissions of the operator are defined next to its code, whose tests run it with exactly these. */
const OPERATOR_RULES = join(ROOT, 'platform-operator/rbac.yaml')

/** Files of the source that are not packaged. */
const LEFT_OUT = new Set([join(CHART_FOLDER, 'tests')])

/**
 * Writes `guardimesh-<version>.tgz` with the images' digests in `files/images.json` and the operator's rules in `files/operator-rules.yaml`. The package is reproducible.
 *
 * @param tableFile `images.json` of the image build, which determines the version of the chart.
 * @returns the path of the package.
 */
export async function packageChart(tableFile: string, outFolder: string): Promise<string> {
  const table = ImageTable.parse(JSON.parse(await readFile(tableFile, 'utf8')))
  const draft = await mkdtemp(join(tmpdir(), 'guardimesh-chart-'))
  try {
    const folder = join(draft, 'guardimesh')
    await cp(CHART_FOLDER, folder, { recursive: true, filter: (source) => !LEFT_OUT.has(source) })
    await writeFile(join(folder, 'files/images.json'), `${JSON.stringify(table, null, 2)}\n`)
    await cp(OPERATOR_RULES, join(folder, 'files/operator-rules.yaml'))
    await writeVersion(join(folder, 'Chart.yaml'), table.version)
    await runChecked('chmod', ['-R', 'u=rwX,go=rX', folder])
    await runChecked('tar', [...SAME_BYTES, '-C', draft, '-cf', join(draft, 'package.tgz'), 'guardimesh'])
    const target = join(outFolder, `guardimesh-${table.version}.tgz`)
    await mkdir(outFolder, { recursive: true })
    // Atomic, so that no reader sees a partial package; the draft may be on another disk.
    await cp(join(draft, 'package.tgz'), `${target}.part`)
    await rename(`${target}.part`, target)
    return target
  } finally {
    await rm(draft, { recursive: true })
  }
}

/** helm would write the current time and the order of the disk into the package. */
const SAME_BYTES = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar', '-I', 'gzip -n9']

async function writeVersion(chartFile: string, version: string): Promise<void> {
  const text = await readFile(chartFile, 'utf8')
  await writeFile(chartFile, text.replace(/^(version|appVersion): .*$/gm, `$1: ${JSON.stringify(version)}`))
}
