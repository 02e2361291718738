import { runProgram } from '@guardimesh/kit'
import type { StackFacts } from '../stack/facts.js'
import { shellQuote } from './shell-quote.js'

/** `make infect`: writes the harmless EICAR test file into the demo container. */
export async function infect(facts: StackFacts): Promise<void> {
  const { infectCommand } = facts.runtime
  if (!infectCommand) throw new Error(`no demo container: Guardimesh watches ${facts.runtime.why}`)
  const [command = '', ...args] = infectCommand
  process.stdout.write(`${infectCommand.map(shellQuote).join(' ')}\n`)
  await runProgram(command, args, { outputFd: process.stderr.fd, throwOnFailure: true })
  process.stdout.write(`Done. See the finding at ${facts.url} (a file in a container is reported once a day).\n`)
}
