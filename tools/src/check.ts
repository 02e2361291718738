import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/**
 * `make check`: format, lint, types, import rules, up-to-date generated files, dead code. Node runs this file before compilation, so it
 * imports no other package. Independent steps run concurrently; a failed step prints its output.
 */
const ROOT = resolve(import.meta.dirname, '../..')

/** Output of `npm run gen`: committed, never edited. */
const GENERATED = [
  'contracts/generated',
  'scanner/generated',
  'testbed/generated',
  'docs/reference/openapi.json',
  'docs/reference/resources.md',
  'charts/guardimesh/crds',
  'charts/guardimesh/values.schema.json',
  'charts/guardimesh/README.md',
]

interface Outcome {
  readonly isGood: boolean
  readonly output: string
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolveRun) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', (error) => resolveRun({ isGood: false, output: error.message }))
    child.on('close', (code) => resolveRun({ isGood: code === 0, output }))
  })
}

/** Hashes of all generated files by path. */
async function generatedFiles(): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const name of GENERATED) {
    for (const path of await filesOf(name))
      hashes.set(
        path,
        createHash('sha256')
          .update(await readFile(join(ROOT, path)))
          .digest('hex'),
      )
  }
  return hashes
}

async function filesOf(name: string): Promise<string[]> {
  if (/\.[a-z]+$/.test(name)) return [name]
  return (await readdir(join(ROOT, name))).map((file) => `${name}/${file}`)
}

/** Regenerates the generated files and compares them. */
async function checkDrift(): Promise<Outcome> {
  const before = await generatedFiles()
  const generated = await run('npm', ['run', '--silent', 'gen'])
  if (!generated.isGood) return generated
  const after = await generatedFiles()
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  const changed = paths.filter((path) => before.get(path) !== after.get(path))
  return {
    isGood: changed.length === 0,
    output: changed.map((path) => `${path} was out of date and has been regenerated: commit it`).join('\n'),
  }
}

/** Runs a step and prints one line for it. */
async function step(title: string, work: () => Promise<Outcome>): Promise<boolean> {
  const startedAtMs = performance.now()
  const { isGood, output } = await work().catch((error: unknown) => ({ isGood: false, output: String(error) }))
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  process.stdout.write(`${isGood ? '✓' : '✗'} ${title} (${seconds} s)\n${isGood ? '' : indent(output)}`)
  return isGood
}

function indent(text: string): string {
  return `${text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`
}

const builtFolders = (await readdir(ROOT, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
const sources = (
  await Promise.all(builtFolders.map(async (name) => ((await readdir(join(ROOT, name))).includes('src') ? [`${name}/src`] : [])))
).flat()

const results = await Promise.all([
  step('format and lint', () => run('biome', ['ci', '--colors=off', '.'])),
  step('types', () => run('tsc', ['-b', '--pretty', 'false'])).then(async (isGood) => [
    isGood,
    // The import rules and the generators need compiled files.
    ...(await Promise.all([
      step('imports between packages', () => run('depcruise', [...sources, '--config', '.dependency-cruiser.cjs', '--output-type', 'err'])),
      step('generated files', checkDrift),
    ])),
    await step('types of the tests', () => run('tsc', ['-p', 'tsconfig.test.json', '--pretty', 'false'])),
    await step('types of the console tests', () => run('tsc', ['-p', 'console/tsconfig.test.json', '--pretty', 'false'])),
    await step('dead code', () => run('knip', ['--no-progress'])),
  ]),
])
if (results.flat().includes(false)) process.exitCode = 1
