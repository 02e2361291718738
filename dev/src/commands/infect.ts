import { spawn } from 'node:child_process'
import { GuardError } from '@guardimesh/kit'
import type { StackFacts } from '../stack/facts.js'
import { shellQuote } from './shell-quote.js'

/** `make infect`: writes the harmless EICAR test file into the demo container. */
export async function infect(facts: StackFacts): Promise<void> {
  const { infectCommand } = facts.runtime
  if (!infectCommand) throw new GuardError('CONTAINER_NOT_FOUND', `there is no demo container: ${facts.runtime.why}`)
  const [command = '', ...args] = infectCommand
  process.stdout.write(`${infectCommand.map(shellQuote).join(' ')}\n`)
  const end = await new Promise<string>((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  if (end !== 'exit code 0') throw new GuardError('RUNTIME_UNAVAILABLE', `the command failed: ${end}`)
  process.stdout.write(`Written. Look at ${facts.url} (the same file in the same container is told once a day)\n`)
}
