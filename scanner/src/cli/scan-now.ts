#!/usr/bin/env node
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DAY_MS, MIB_BYTES, messages } from '@guardimesh/contracts'
import { messageOf, UnixSocketClient } from '@guardimesh/kit'
import { readCommandConfig } from './config.js'

const HELP = `Scans the running containers of this node.

  scan-now [--pod NAME] [--namespace NAME] [--container ID-OR-NAME] [--ignore-cache]

  --pod NAME           only containers of this pod
  --namespace NAME     only pods of this namespace
  --container ID       only this container: an id prefix, or its name
  --ignore-cache       scan every file, even with a cached verdict
  --help               show this help

The environment variable RUN_FOLDER is the folder of the scanner's socket.
Exit code: 0 no findings, 1 findings, 2 scan failed.
`
const EXIT_FOUND = 1
const EXIT_FAILED = 2

type Request = Parameters<typeof messages.ScannerRequest.encode>[0]
type Answer = ReturnType<typeof messages.ScannerResponse.decode>
type Progress = NonNullable<Answer['progress']>

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

async function scanNow(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pod: { type: 'string', default: '' },
      namespace: { type: 'string', default: '' },
      container: { type: 'string', default: '' },
      'ignore-cache': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const { runFolder } = readCommandConfig(process.env)
  using client = new UnixSocketClient<Request, Answer>({
    socketPath: join(runFolder, 'scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: DAY_MS,
  })
  const { pod: podName, namespace, container: containerId, 'ignore-cache': ignoreCache } = values
  let findings = 0
  const onAnswer = ({ progress }: Answer): boolean => {
    if (!progress || progress.done) return false
    findings += progress.findings ?? 0
    process.stdout.write(`${describe(progress)}\n`)
    return true
  }
  await client.stream({ scanNow: { podName, namespace, containerId, ignoreCache } }, onAnswer, new AbortController().signal)
  return findings > 0 ? EXIT_FOUND : 0
}

try {
  process.exitCode = await scanNow(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`scan-now: ${messageOf(error)}\n`)
  process.exitCode = EXIT_FAILED
}
