import { readFile, rm } from 'node:fs/promises'
import { systemCodeOf } from '@guardimesh/kit'
import type { StackFacts } from '../stack/facts.js'
import type { StackFolders } from '../stack/folders.js'
import { shellQuote } from './shell-quote.js'

/** Prints how to use the running platform. The initial password is displayed once: its file is deleted afterwards. */
export async function showFacts(folders: StackFolders, facts: StackFacts): Promise<void> {
  const password = await readPassword(folders.adminPasswordFile)
  const lines = [
    ['Console', facts.url],
    ['E-mail', facts.adminEmail],
    ['Password', password ?? 'displayed at the first start; to set a new one, run: make password'],
    ['Watched', facts.runtime.why],
    ...(facts.signatureServer
      ? [['Signatures', `${facts.signatureServer.url}, imports files from ${facts.signatureServer.incoming}`]]
      : []),
    ['Logs', folders.logs],
  ]
  const rows = lines.map(([name = '', text]) => `  ${name.padEnd(12)}${text}`)
  process.stdout.write(`\n${rows.join('\n')}\n\n${infectText(facts)}\n\n`)
  if (password !== undefined) await rm(folders.adminPasswordFile)
}

function infectText({ runtime }: StackFacts): string {
  if (!runtime.infectCommand) return '  Write a file in one of your containers, for example with `kubectl exec`, and watch the console.'
  const command = runtime.infectCommand.map(shellQuote).join(' ')
  return `  Write a harmless test virus into the demo container and watch the console:\n\n    make infect\n\n  which runs\n\n    ${command}`
}

async function readPassword(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
