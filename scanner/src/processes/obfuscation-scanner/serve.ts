import { join } from 'node:path'
import { IPC_LIMITS, messages, SECOND_MS, SEVERITIES, toWireNumber } from '@guardimesh/contracts'
import { createProcessRegistry, GuardError, type Logger, messageOf, type ProcessContext, serveUnixSocket, sleep } from '@guardimesh/kit'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { requirePeerUid } from '../../node/peer-credentials.js'
import { startProbes } from '../../probes/start-probes.js'
import type { ObfuscationScannerConfig } from './config.js'
import { RuleScanner } from './rule-scanner.js'
import { TrialScanner } from './trial-scanner.js'
import type { RuleMatch } from './yara-matcher.js'

/** Interval for checking the link to the active generation. */
const REFRESH_INTERVAL_MS = 2 * SECOND_MS

/** Serves `obfuscation.sock` and the probes until the signal is aborted. */
export async function serveObfuscationScanner({ config, log, signal }: ProcessContext<ObfuscationScannerConfig>): Promise<void> {
  await using rules = new RuleScanner({ signaturesFolder: config.signaturesFolder, log })
  using trial = new TrialScanner()
  const metrics = createProcessRegistry()
  const { contents, seconds } = createMetrics(metrics, rules)
  await using cleanUp = new AsyncDisposableStack()
  const server = await serveUnixSocket({
    socketPath: join(config.runFolder, 'obfuscation.sock'),
    request: messages.ObfuscationRequest,
    answer: messages.ObfuscationResponse,
    log,
    checkPeer: requirePeerUid(config.clientUid),
    handle: async (request, send) => {
      const ofTrial = await answerForTrial(request, trial)
      if (ofTrial) return send({ requestId: request.requestId ?? 0, ...ofTrial })
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
    runFolder: config.runFolder,
    process: 'obfuscation-scanner',
    port: config.probePort,
    metrics,
    readiness: {
      rules: () => {
        if (rules.generation === undefined) throw new GuardError('ENGINE_UNAVAILABLE', 'no signature generation is loaded yet')
      },
    },
  })
  cleanUp.use(probes)
  await refreshRules(rules, log, signal)
}

async function refreshRules(rules: RuleScanner, log: Logger, signal: AbortSignal): Promise<void> {
  let lastFailure = ''
  while (!signal.aborted) {
    try {
      await rules.refresh()
      lastFailure = ''
    } catch (error) {
      // The same failure repeats at every interval, so it is logged once.
      if (messageOf(error) !== lastFailure) log.error({ error }, 'failed to load rules; keeping the previous ones')
      lastFailure = messageOf(error)
    }
    await sleep(REFRESH_INTERVAL_MS, signal)
  }
}

type Request = ReturnType<typeof messages.ObfuscationRequest.decode>

async function answerTo(request: Request, rules: RuleScanner) {
  const { content, fileName } = contentOf(request)
  const { matches, entropyBits, engineVersion } = await rules.scan(content, fileName)
  return { matches: matches.map(toWire), entropyBits, engineVersion }
}

/** Answers requests about a rule trial; undefined for other requests. Trials are not counted in metrics, because they are no scans of files. */
async function answerForTrial(request: Request, trial: TrialScanner) {
  const { setTrial, trialId } = request
  if (setTrial) {
    const rules = setTrial.rules ?? new Uint8Array()
    if (rules.length > IPC_LIMITS.trialRulesBytes)
      throw new GuardError('FRAME_TOO_LARGE', `the rules have ${rules.length} bytes, the maximum is ${IPC_LIMITS.trialRulesBytes}`)
    if (rules.length === 0) trial.end(setTrial.trialId ?? '')
    else await trial.set(setTrial.trialId ?? '', Buffer.from(rules).toString('utf8'))
    return { matches: [] }
  }
  if (!trialId) return undefined
  const { content, fileName } = contentOf(request)
  return { matches: (await trial.scan(trialId, content, fileName)).map(toWire) }
}

/** @throws GuardError FRAME_TOO_LARGE. */
function contentOf(request: Request): { content: Uint8Array; fileName: string } {
  const content = request.content ?? new Uint8Array()
  const maxBytes = IPC_LIMITS.obfuscationContentBytes
  if (content.length > maxBytes)
    throw new GuardError('FRAME_TOO_LARGE', `the content has ${content.length} bytes, the maximum is ${maxBytes}`)
  return {
    content,
    fileName: Buffer.from(request.fileName ?? [])
      .toString('latin1')
      .slice(0, 4096),
  }
}

function toWire(match: RuleMatch) {
  return { ...match, severity: toWireNumber(SEVERITIES, match.severity) }
}

function createMetrics(registry: Registry, rules: RuleScanner) {
  const registers = [registry]
  new Gauge({
    name: 'guardimesh_obfuscation_rule_files',
    help: 'Rule files of the active generation, by whether they compile',
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
      help: 'Scanned contents, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'guardimesh_obfuscation_scan_seconds',
      help: 'Time per content, including time in the queue',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
  }
}
