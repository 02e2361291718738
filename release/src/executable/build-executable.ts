import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { VERSION } from '@guardimesh/kit'
import { build } from 'esbuild'
import { inject } from 'postject'

const HELP = `Builds the command guardimesh as a single executable file.

  build-executable --output FOLDER [--node FILE --arch x64|arm64]

  --output FOLDER   folder for guardimesh-linux-ARCH
  --node FILE       Node's binary for the target, of the same version as the running Node (default: the running Node)
  --arch ARCH       architecture of --node
`
/** Marker in Node's binary that enables the embedded program. Source: Node.js, single executable applications. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
const ENTRY = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url))

interface Target {
  readonly outputFolder: string
  readonly nodeFile: string
  readonly arch: string
}

/** Embeds one CommonJS file in a copy of Node. The file is the same for every architecture: it has no compiled code and no snapshot. */
async function buildExecutable({ outputFolder, nodeFile, arch }: Target): Promise<string> {
  mkdirSync(outputFolder, { recursive: true })
  const at = (name: string) => join(outputFolder, name)
  const outfile = at('guardimesh.cjs')
  await build({
    entryPoints: [ENTRY],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // The executable has no package.json to read the version from.
    define: { GUARDIMESH_VERSION: JSON.stringify(VERSION) },
    logLevel: 'error',
  })
  const config = {
    main: outfile,
    output: at('guardimesh.blob'),
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
  }
  writeFileSync(at('sea.json'), JSON.stringify(config))
  execFileSync(process.execPath, ['--experimental-sea-config', at('sea.json')], { stdio: 'pipe' })
  const partial = at(`guardimesh-linux-${arch}.partial`)
  copyFileSync(nodeFile, partial)
  chmodSync(partial, 0o755)
  // Strip before injecting the blob: a program that is stripped afterwards crashes. strip cannot process another architecture.
  if (arch === process.arch) execFileSync('strip', [partial])
  await inject(partial, 'NODE_SEA_BLOB', readFileSync(config.output), { sentinelFuse: FUSE })
  for (const name of ['guardimesh.cjs', 'guardimesh.blob', 'sea.json']) rmSync(at(name))
  const executable = at(`guardimesh-linux-${arch}`)
  renameSync(partial, executable)
  return executable
}

const { values } = parseArgs({
  options: {
    output: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    arch: { type: 'string', default: process.arch },
    help: { type: 'boolean', default: false },
  },
})
if (values.help || values.output === undefined) {
  process.stdout.write(HELP)
  process.exitCode = values.help ? 0 : 2
} else process.stdout.write(`${await buildExecutable({ outputFolder: values.output, nodeFile: values.node, arch: values.arch })}\n`)
