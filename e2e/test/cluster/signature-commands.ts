import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreatedApiKey } from '@guardimesh/contracts'
import { runCommand } from '@guardimesh/testbed/run-command.js'
import { NAMESPACE, PLATFORM } from '../../src/cluster/platform.js'
import type { Installation } from './installation.js'
import { readConfigMap } from './read-object.js'

/** `guardimesh signatures …` of the bundle, on a machine that reaches the console, with an API key. */
export interface SignatureCommands {
  /** @returns what it printed. @throws with what it printed when it fails. */
  run(...args: string[]): Promise<string>
  /** The same with address, authority and key of the console. */
  runWithConsole(...args: string[]): Promise<string>
}

export async function prepareSignatureCommands({ access, cluster, bundle, folder }: Installation): Promise<SignatureCommands> {
  const response = await access.api.send('POST', '/api/keys/create', { label: 'signature desk', scopes: ['signatures:write'] })
  if (!response.ok) throw new Error(`no key was made: ${await response.text()}`)
  const [keyFile, caFile] = [join(folder, 'signatures.key'), join(folder, 'console-ca.crt')]
  await writeFile(keyFile, CreatedApiKey.parse(await response.json()).key, { mode: 0o600 })
  await writeFile(caFile, (await readConfigMap(cluster, NAMESPACE, `${PLATFORM}-ca-bundle`))['ca.crt'] ?? '')
  const run = (...args: string[]) => runCommand(bundle.cliFile, ['signatures', ...args])
  return { run, runWithConsole: (...args) => run(...args, '--url', access.url, '--ca', caFile, '--api-key-file', keyFile) }
}
