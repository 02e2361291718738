import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

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
  const script = fileURLToPath(new URL(`../../dist/processes/${name}/main.js`, import.meta.url))
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
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
    pid: child.pid ?? 0,
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
