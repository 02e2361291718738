import { join } from 'node:path'
import { messages } from '@guardimesh/contracts/messages'
import { DAY_MS, MIB_BYTES } from '@guardimesh/contracts/units'
import { messageOf, type ProcessContext, UnixSocketClient } from '@guardimesh/kit'
import type { ScanNowConfig, ScanOptions } from './config.js'

const HELP = `Scans the running containers of this node.

  scan-now [--pod NAME] [--namespace NAME] [--container ID-OR-NAME] [--ignore-cache]

  --pod NAME           only containers of this pod
  --namespace NAME     only pods of this namespace
  --container ID       only this container: an id prefix, or its name
  --ignore-cache       scan every file, even with a cached verdict
  --help               show this help

The environment variable RUN_FOLDER is the folder of the scanner's socket.
Exit code: 0 no findings, 1 findings, 2 scan failed, 78 invalid options or settings.
`
const EXIT_FOUND = 1
const EXIT_FAILED = 2

type Request = Parameters<typeof messages.ScannerRequest.encode>[0]
type Answer = ReturnType<typeof messages.ScannerResponse.decode>
type Progress = NonNullable<Answer['progress']>

/** Runs the command and sets the exit code that the help lists. A stopped scan has failed, because it may have missed findings. */
export async function runScanNow({ config, signal }: ProcessContext<ScanNowConfig>): Promise<void> {
  if (config.command === 'help') return void process.stdout.write(HELP)
  try {
    const findings = await scan(config, signal)
    if (findings > 0) process.exitCode = EXIT_FOUND
  } catch (error) {
    process.stderr.write(`scan-now: ${messageOf(error)}\n`)
    process.exitCode = EXIT_FAILED
  }
}

/** Requests the scan and prints its progress. @returns the number of findings. */
async function scan({ runFolder, podName, namespace, containerId, ignoreCache }: ScanOptions, signal: AbortSignal): Promise<number> {
  using client = new UnixSocketClient<Request, Answer>({
    socketPath: join(runFolder, 'scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: DAY_MS,
  })
  let findings = 0
  const onAnswer = ({ progress }: Answer): boolean => {
    if (!progress || progress.done) return false
    findings += progress.findings ?? 0
    process.stdout.write(`${describe(progress)}\n`)
    return true
  }
  await client.stream({ scanNow: { podName, namespace, containerId, ignoreCache } }, onAnswer, signal)
  signal.throwIfAborted()
  return findings
}

/** Formats "pod (1234abcd5678): 12 files scanned, 300 cached, 1.5 MiB, 1 not scanned, 0 findings, 35 ms; 2 remaining". Pure. */
function describe(progress: Progress): string {
  const count = (value: number | null | undefined) => (value ?? 0).toLocaleString('en')
  const mebibytes = ((progress.bytesScanned ?? 0) / MIB_BYTES).toFixed(1)
  const tookMs = ((progress.tookUs ?? 0) / 1000).toFixed(1)
  return (
    `${progress.podName || 'container'} (${(progress.containerId ?? '').slice(0, 12)}): ${count(progress.filesScanned)} files scanned, ` +
    `${count(progress.filesCached)} cached, ${mebibytes} MiB, ${count(progress.filesNotScanned)} not scanned, ` +
    `${count(progress.findings)} findings, ${tookMs} ms; ${count(progress.remaining)} remaining`
  )
}
