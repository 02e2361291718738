import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/**
 * `make check`: format, lint, types, import rules, generated files, prose and dead code. Node runs this file before anything is
 * compiled, so it imports no other file of the repository. Independent steps run in parallel; a failing step prints its output.
 */
const ROOT = resolve(import.meta.dirname, '../..')

/** Written by `npm run gen` and committed. */
const GENERATED = [
  'contracts/generated',
  'scanner/generated',
  'testbed/generated',
  'docs/reference/data-model.md',
  'docs/reference/metrics.md',
  'docs/reference/openapi.json',
  'docs/reference/resources.md',
  'charts/guardimesh/crds',
  'charts/guardimesh/values.schema.json',
  'charts/guardimesh/README.md',
]

interface Outcome {
  readonly isOk: boolean
  readonly output: string
}

function run(command: string, args: readonly string[], input = Buffer.alloc(0)): Promise<Outcome> {
  return new Promise((resolveRun) => {
    const child = spawn(command, args, { cwd: ROOT })
    // A program may end without reading its input; its exit code is what counts.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', (error) => resolveRun({ isOk: false, output: error.message }))
    child.on('close', (code) => resolveRun({ isOk: code === 0, output }))
  })
}

/** Returns the SHA-256 of each generated file by path. */
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

/** Regenerates the generated files and fails when one changes. */
async function checkGenerated(): Promise<Outcome> {
  const before = await generatedFiles()
  const generated = await run('npm', ['run', '--silent', 'gen'])
  if (!generated.isOk) return generated
  const after = await generatedFiles()
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  const changed = paths.filter((path) => before.get(path) !== after.get(path))
  return {
    isOk: changed.length === 0,
    output: changed.map((path) => `${path} was out of date and has been regenerated: commit it`).join('\n'),
  }
}

/** Runs a step and prints one line with its result. */
async function step(title: string, work: () => Promise<Outcome>): Promise<boolean> {
  const startedAtMs = performance.now()
  const { isOk, output } = await work().catch((error: unknown) => ({ isOk: false, output: String(error) }))
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  process.stdout.write(`${isOk ? '✓' : '✗'} ${title} (${seconds} s)\n${isOk ? '' : indent(output)}`)
  return isOk
}

function indent(text: string): string {
  return `${text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`
}

/** Files that textlint reads: prose, code with its comments and identifiers, texts and configuration. `.textlintignore` has the exceptions. */
const PROSE_FILES = /\.(md|ts|tsx|cjs|mjs|sh|json|ya?ml|tpl|txt|proto|css|html|conf|c)$|(^|\/)Makefile$|^\.ci\/run$/

/** Searches the whole tree for the words of `tools/prose/words.yml`. */
async function checkProse(): Promise<Outcome> {
  const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'])
  if (!listed.isOk) return listed
  const files = listed.output.split('\n').filter((path) => PROSE_FILES.test(path) && existsSync(join(ROOT, path)))
  // textlint chooses the parser by extension; files without one are passed on standard input.
  const [named, plain] = [files.filter((path) => /\.[a-z]+$/.test(path)), files.filter((path) => !/\.[a-z]+$/.test(path))]
  const outcomes = await Promise.all([
    run('textlint', ['--format', 'unix', ...named]),
    ...plain.map(async (path) =>
      run('textlint', ['--format', 'unix', '--stdin', '--stdin-filename', `${path}.txt`], await readFile(join(ROOT, path))),
    ),
  ])
  return { isOk: outcomes.every(({ isOk }) => isOk), output: outcomes.map(({ output }) => output).join('\n') }
}

/** Folders with TypeScript: import rules and cycles are checked in tests and in the console's mock API as well. */
async function codeFolders(): Promise<string[]> {
  const packages = (await readdir(ROOT, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const candidates = packages.flatMap((name) => [`${name}/src`, `${name}/test`])
  return [...candidates, 'console/mock-api', 'charts/guardimesh/tests'].filter((folder) => existsSync(join(ROOT, folder)))
}

const folders = await codeFolders()
const results = await Promise.all([
  step('format and lint', () => run('biome', ['ci', '--colors=off', '.'])),
  step('prose', checkProse),
  step('types', () => run('tsc', ['-b', '--pretty', 'false'])).then(async (isOk) => [
    isOk,
    // Imports between packages resolve to compiled files, and the generators are compiled programs.
    ...(await Promise.all([
      step('import rules and cycles', () => run('depcruise', [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'err'])),
      step('generated files', checkGenerated),
    ])),
    await step('types of the tests', () => run('tsc', ['-p', 'tsconfig.test.json', '--pretty', 'false'])),
    await step('types of the console tests', () => run('tsc', ['-p', 'console/tsconfig.test.json', '--pretty', 'false'])),
    await step('dead code', () => run('knip', ['--no-progress'])),
  ]),
])
if (results.flat().includes(false)) process.exitCode = 1
