import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreatedApiKey } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { NAMESPACE, PLATFORM } from '../../src/cluster/platform.js'
import { readConfigMap } from '../../src/cluster/read-object.js'
import type { Installation } from './installation.js'

/** Runs `guardimesh signatures …` of the bundle on a machine that can reach the console. */
export interface SignatureCommands {
  /** @returns the standard output. @throws Error with the output if the command fails. */
  run(...args: string[]): Promise<string>
  /** Adds the console's address, its CA and an API key to the arguments. */
  runWithConsole(...args: string[]): Promise<string>
}

export async function prepareSignatureCommands({ access, cluster, bundle, folder }: Installation): Promise<SignatureCommands> {
  const response = await access.api.send('POST', '/api/keys/create', { label: 'signature desk', scopes: ['signatures:write'] })
  if (!response.ok) throw new Error(`failed to create an API key: ${await response.text()}`)
  const [keyFile, caFile] = [join(folder, 'signatures.key'), join(folder, 'console-ca.crt')]
  await writeFile(keyFile, CreatedApiKey.parse(await response.json()).key, { mode: 0o600 })
  await writeFile(caFile, (await readConfigMap(cluster, NAMESPACE, `${PLATFORM}-ca-bundle`))['ca.crt'] ?? '')
  const run = (...args: string[]) => runChecked(bundle.cliFile, ['signatures', ...args])
  return { run, runWithConsole: (...args) => run(...args, '--url', access.url, '--ca', caFile, '--api-key-file', keyFile) }
}
