import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const cliFolder = dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json'))

/** Flags of the generated code: numbers for 64-bit fields (all values are below 2^53), no JSON, `//` comments kept. */
const PBJS_FLAGS = '-t static-module -w es6 --es6 --alt-comment --force-number --no-delimited --no-verify --no-convert --no-typeurl'.split(
  ' ',
)

/** The runtime uses Long objects for 64-bit fields if that library is installed; the declared type is number. */
const RUNTIME_IMPORT = `import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();`

/**
 * Writes `messages.js` and `messages.d.ts` for the `.proto` files of a folder.
 *
 * @param protoFiles `.proto` files, whose imports are resolved in `includeFolder`.
 * @param outFolder folder of the two files.
 * @param rootName separates the messages from those of other packages in the same process, which may use the same protobuf package.
 */
export async function generateMessages(
  protoFiles: readonly string[],
  includeFolder: string,
  outFolder: string,
  rootName: string,
): Promise<void> {
  const js = join(outFolder, 'messages.js')
  await run(process.execPath, [join(cliFolder, 'bin/pbjs'), ...PBJS_FLAGS, '-r', rootName, '-p', includeFolder, '-o', js, ...protoFiles])
  const code = (await readFile(js, 'utf8')).replace(/import \$protobuf from "protobufjs\/minimal(\.js)?";/, RUNTIME_IMPORT)
  await writeFile(js, code)
  await run(process.execPath, [join(cliFolder, 'bin/pbts'), '-o', join(outFolder, 'messages.d.ts'), js])
}

/** Lists the `.proto` files below a folder, sorted for reproducible output. */
export async function protoFilesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries
    .filter((name) => name.endsWith('.proto'))
    .sort()
    .map((name) => join(folder, name))
}
