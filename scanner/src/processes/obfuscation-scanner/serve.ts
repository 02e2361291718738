import { join } from 'node:path'
import { IPC_LIMITS, messages, SECOND_MS, SEVERITIES, toWireNumber } from '@guardimesh/contracts'
import { createProcessRegistry, GuardError, type Logger, messageOf, serveUnixSocket, sleep } from '@guardimesh/kit'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { startProbes } from '../../probes/start-probes.js'
import type { ObfuscationScannerConfig } from './config.js'
import { RuleScanner } from './rule-scanner.js'

/** How often the link to the generation in force is looked at. */
const REFRESH_MS = 2 * SECOND_MS

/** Serves `obfuscation.sock` and the probes until the signal is aborted. */
export async function serveObfuscationScanner(config: ObfuscationScannerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  await using rules = new RuleScanner({ signaturesFolder: config.SIGNATURES_FOLDER, log })
  const metrics = createProcessRegistry()
  const { contents, seconds } = makeMetrics(metrics, rules)
  await using cleanUp = new AsyncDisposableStack()
  const server = await serveUnixSocket({
    socketPath: join(config.RUN_FOLDER, 'obfuscation.sock'),
    request: messages.ObfuscationRequest,
    answer: messages.ObfuscationResponse,
    log,
    handle: async (request, send) => {
      const stop = seconds.startTimer()
      try {
        const answer = await answerTo(request, rules)
        contents.inc({ outcome: answer.matches.length > 0 ? 'suspicious' : 'clean' })
        await send({ requestId: request.requestId ?? 0, ...answer })
      } catch (error) {
        contents.inc({ outcome: 'error' })
        throw error
      } finally {
        stop()
      }
    },
  })
  cleanUp.defer(() => void server.close())
  const probes = await startProbes({
    runFolder: config.RUN_FOLDER,
    process: 'obfuscation-scanner',
    port: config.PROBE_PORT,
    metrics,
    readiness: {
      rules: () => {
        if (rules.generation === undefined) throw new GuardError('ENGINE_UNAVAILABLE', 'no signature generation is loaded yet')
      },
    },
  })
  cleanUp.use(probes)
  await keepFresh(rules, log, signal)
}

async function keepFresh(rules: RuleScanner, log: Logger, signal: AbortSignal): Promise<void> {
  let lastFailure = ''
  while (!signal.aborted) {
    try {
      await rules.refresh()
      lastFailure = ''
    } catch (error) {
      // The same failure every two seconds is one event.
      if (messageOf(error) !== lastFailure) log.error({ error }, 'rules not loaded')
      lastFailure = messageOf(error)
    }
    await sleep(REFRESH_MS, signal)
  }
}

async function answerTo(request: ReturnType<typeof messages.ObfuscationRequest.decode>, rules: RuleScanner) {
  const content = request.content ?? new Uint8Array()
  const maxBytes = IPC_LIMITS.obfuscationContentBytes
  if (content.length > maxBytes)
    throw new GuardError('FRAME_TOO_LARGE', `a content of ${content.length} bytes, at most ${maxBytes} are taken`)
  const fileName = Buffer.from(request.fileName ?? []).toString('latin1')
  const { matches, entropyBits, engineVersion } = await rules.scan(content, fileName.slice(0, 4096))
  return {
    matches: matches.map((match) => ({ ...match, severity: toWireNumber(SEVERITIES, match.severity) })),
    entropyBits,
    engineVersion,
  }
}

function makeMetrics(registry: Registry, rules: RuleScanner) {
  const registers = [registry]
  new Gauge({
    name: 'guardimesh_obfuscation_rule_files',
    help: 'Rule files of the generation in force, by whether they compile',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'loaded' }, rules.ruleFileCount - rules.broken.length)
      this.set({ state: 'broken' }, rules.broken.length)
    },
  })
  return {
    contents: new Counter({
      name: 'guardimesh_obfuscation_contents_total',
      help: 'Contents that were looked at, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'guardimesh_obfuscation_scan_seconds',
      help: 'Time for one content, waiting included',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
  }
}
