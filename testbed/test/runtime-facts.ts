import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** Returns the writable layer of a container on this machine, from the options of its root mount. */
export async function upperFolderOf(pid: number): Promise<string> {
  const root = (await readFile(`/proc/${pid}/mountinfo`, 'utf8')).split('\n').find((line) => line.split(' ')[4] === '/')
  const upper = /upperdir=([^, ]+)/.exec(root ?? '')?.[1]
  if (upper === undefined) throw new Error(`the root of process ${pid} is not an overlay: ${root}`)
  return upper
}

/** Lists the command lines of this machine's processes that contain a path. */
export function processesNaming(path: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  return pids.map(argumentsOf).filter((text) => text.includes(path))
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
