import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { IMAGE_NAMES } from '../../../contracts/src/index.js'
import { packageChart } from '../../../release/src/chart/chart-package.js'

const run = promisify(execFile)
export const TESTS_FOLDER = import.meta.dirname
const BINARIES = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'guardimesh/cluster/bin')

/** Both versions are supported: Helm 3 is still common, and Helm 4 uses another schema library. */
export const HELMS = ['helm', 'helm4'] as const

export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  // Objects of many kinds; each test accesses the fields of its kind.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly [field: string]: any
}

/** Path of a program of the test cluster. */
export function binary(name: string): string {
  const path = join(BINARIES, name)
  if (!existsSync(path)) throw new Error(`${path} is missing: e2e/cluster/build.sh --only ${name} builds it`)
  return path
}

/** The packaged chart, with hashes of the image names as digests. */
export class ChartPackage implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    readonly file: string,
  ) {}

  static async create(): Promise<ChartPackage> {
    const folder = await mkdtemp(join(tmpdir(), 'guardimesh-chart-test-'))
    const images = Object.fromEntries(IMAGE_NAMES.map((name) => [name, { digest: imageDigest(name) }]))
    await writeFile(join(folder, 'images.json'), JSON.stringify({ version: '1.2.3', images }))
    return new ChartPackage(folder, await packageChart(join(folder, 'images.json'), folder))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true })
  }
}

/** Digest of an image in the packaged chart. Pure. */
export function imageDigest(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`
}

/**
 * Renders the chart with a values file.
 *
 * @param release name of the release; a rejected case may set another in its second line.
 * @throws Error with helm's message.
 */
export async function template(helm: string, chartFile: string, valuesFile: string, release = 'guardimesh'): Promise<string> {
  const args = ['template', release, chartFile, '--namespace', 'guardimesh-system', '--kube-version', '1.34.0', '--values', valuesFile]
  const { stdout } = await run(binary(helm), args)
  // Helm 4 writes empty lines between objects.
  return stdout.replace(/\n+(?=---\n|$)/g, '\n')
}

/** Reads the text of the line `# key: text` in a case. */
export async function headerOf(file: string, key: string): Promise<string | undefined> {
  const line = (await readFile(file, 'utf8')).split('\n').find((text) => text.startsWith(`# ${key}: `))
  return line?.slice(key.length + 4)
}

/** Parses the objects of a rendered chart. */
export function parseObjects(text: string): KubeObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null)
}
