import { join } from 'node:path'
import { SEVERITIES } from '@guardimesh/contracts/detection/severity'
import { toWireNumber } from '@guardimesh/contracts/detection/wire-number'
import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { messages } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import {
  background,
  createProcessRegistry,
  GuardError,
  type Logger,
  messageOf,
  type ProcessContext,
  serveUnixSocket,
  sleep,
} from '@guardimesh/kit'
import { requirePeerUid } from '../../node/peer-credentials.js'
import { startProbes } from '../../probes/start-probes.js'
import type { ObfuscationScannerConfig } from './config.js'
import { createScanMetrics, registerRuleMetrics } from './metrics.js'
import { PackageScanner } from './packages/package-scanner.js'
import { servePackages } from './packages/serve-packages.js'
import { RuleScanner } from './rule-scanner.js'
import { TrialScanner } from './trial-scanner.js'
import type { RuleMatch } from './yara-matcher.js'

/** Interval for checking the link to the active generation, and whether a self-check is due. */
const REFRESH_INTERVAL_MS = 2 * SECOND_MS
/** A self-check is due when no scan has succeeded for this long. */
const SELF_CHECK_AFTER_MS = 10 * SECOND_MS
/** Longer than a self-check that waits for two contents which exceed their timeout. */
const SUCCESS_MAX_AGE_MS = 90 * SECOND_MS

/** Serves `obfuscation.sock`, `packages.sock` and the probes until the signal is aborted. */
export async function serveObfuscationScanner({ config, log, signal }: ProcessContext<ObfuscationScannerConfig>): Promise<void> {
  const metrics = createProcessRegistry()
  const { contents, seconds, replacedWorkers } = createScanMetrics(metrics)
  await using rules = new RuleScanner({
    ...{ signaturesFolder: config.signaturesFolder, log },
    onWorkerReplaced: (cause) => replacedWorkers.inc({ cause }),
  })
  registerRuleMetrics(metrics, rules)
  using trial = new TrialScanner()
  await using cleanUp = new AsyncDisposableStack()
  const server = await serveUnixSocket({
    socketPath: join(config.runFolder, 'obfuscation.sock'),
    request: messages.ObfuscationRequest,
    answer: messages.ObfuscationResponse,
    log,
    checkPeer: requirePeerUid(config.clientUid),
    handle: async (request, send) => {
      const withoutScan = (await answerForTrial(request, trial)) ?? (await answerUnpacked(request, rules))
      if (withoutScan) return send({ requestId: request.requestId ?? 0, ...withoutScan })
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
  const packages = cleanUp.use(new PackageScanner())
  const socketPath = join(config.runFolder, 'packages.sock')
  const packageServer = await servePackages({ socketPath, packages, log, clientUid: config.clientUid })
  cleanUp.defer(() => void packageServer.close())
  const probes = await startProbes({
    runFolder: config.runFolder,
    process: 'obfuscation-scanner',
    port: config.probePort,
    metrics,
    readiness: { rules: () => requireRecentSuccess(rules) },
  })
  cleanUp.use(probes)
  background(log, 'self-check', checkRegularly(rules, log, signal))
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

/** Loaded rules do not show that scans succeed, so readiness depends on a scan. @throws GuardError ENGINE_UNAVAILABLE. */
function requireRecentSuccess({ generation, lastSuccessAtMs }: RuleScanner): void {
  if (generation === undefined || lastSuccessAtMs === undefined)
    throw new GuardError('ENGINE_UNAVAILABLE', 'no signature generation is loaded yet')
  const ageMs = Date.now() - lastSuccessAtMs
  if (ageMs > SUCCESS_MAX_AGE_MS) throw new GuardError('ENGINE_UNAVAILABLE', `no scan has succeeded for ${Math.round(ageMs / SECOND_MS)} s`)
}

/** Scans a known content whenever no scan has succeeded recently. */
async function checkRegularly(rules: RuleScanner, log: Logger, signal: AbortSignal): Promise<void> {
  for (; !signal.aborted; await sleep(REFRESH_INTERVAL_MS, signal)) {
    if (rules.lastSuccessAtMs === undefined || Date.now() - rules.lastSuccessAtMs < SELF_CHECK_AFTER_MS) continue
    try {
      await rules.checkItself()
    } catch (error) {
      if (!signal.aborted) log.error({ error }, 'self-check failed')
    }
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

/** Answers requests to unpack a content; undefined for other requests. */
async function answerUnpacked(request: Request, rules: RuleScanner) {
  if (!request.unpack) return undefined
  const { unpacked, engineVersion } = await rules.unpack(contentOf(request).content)
  const { content, isTruncated: truncated, failure } = unpacked
  return { matches: [], engineVersion, unpacked: { content, truncated, failure } }
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
