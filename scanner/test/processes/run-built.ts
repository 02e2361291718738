import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/seccomp-profiles'
import { confineProgram } from '@guardimesh/testbed/confined-program.js'

/** A built process of the scanner. */
export interface BuiltProcess extends AsyncDisposable {
  readonly pid: number
  /** Output of the process on stdout and stderr. */
  output(): string
  /** Waits until the output contains a text. */
  wrote(text: string): Promise<void>
  exit(): Promise<number | null>
  signal(name: NodeJS.Signals): void
}

export function runBuilt(name: string, env: Record<string, string>, args: string[] = []): BuiltProcess {
  const child = spawn(process.execPath, [scriptOf(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  return builtProcess(child, () => child.pid ?? 0)
}

/** Like `runBuilt`, with the seccomp profile of its container. @param folder receives files of the runtime. */
export function runConfined(
  name: 'puller' | 'obfuscation-scanner',
  { folder, env, args = [] }: { readonly folder: string; readonly env: Record<string, string>; readonly args?: readonly string[] },
): BuiltProcess {
  const seccompProfile = SECCOMP_PROFILES[name].content
  const program = confineProgram({ folder, seccompProfile, command: [process.execPath, scriptOf(name), ...args], env })
  const child = spawn(program.command, program.args, { stdio: ['ignore', 'pipe', 'pipe'] })
  return builtProcess(child, program.pid)
}

const scriptOf = (name: string) => fileURLToPath(new URL(`../../dist/processes/${name}/main.js`, import.meta.url))

function builtProcess(child: ChildProcessByStdio<null, Readable, Readable>, pid: () => number): BuiltProcess {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = once(child, 'close')
  const exit = async () => {
    await ended
    return child.exitCode
  }
  return {
    get pid() {
      return pid()
    },
    output: () => output,
    async wrote(text) {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`the process ended before it wrote "${text}": ${output}`)
        await wait(20)
      }
    },
    exit,
    signal: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exit()
    },
  }
}

/** Sends a request to a probe socket. */
export async function probe(socketPath: string, path: string): Promise<{ status: number; body: string }> {
  const sent = request({ socketPath, path }).end()
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode, body }
}
