import { release } from 'node:os'
import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts/ingest/limits'
import type { Draft, RuntimeStatusMessage } from '@guardimesh/contracts/messages'
import { VERSION } from '@guardimesh/kit'
import { Gauge, type Registry } from 'prom-client'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { PullerReport } from '../../../report/puller-report.js'
import type { Spool } from '../../../report/spool.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { ContainerWatcher } from '../remote/container-watcher.js'
import type { GenerationMonitor } from '../remote/generation-monitor.js'
import type { RemoteConfig } from '../remote/remote-config.js'
import { cutText, type NodeFacts } from '../reporting/build-result.js'
import type { SelfTest, SelfTestResult } from '../self-test/self-test.js'
import type { FileEventScanner } from '../triggers/file-event-scanner.js'
import type { WatchedContainers } from '../triggers/watched-containers.js'

export interface ScannerStatusOptions {
  readonly events: ScannerEvents
  readonly node: NodeFacts
  readonly containerWatcher: ContainerWatcher
  readonly watchedContainers: WatchedContainers
  readonly spool: Spool
  readonly scanner: CachedScanner
  readonly fileEventScanner: FileEventScanner
  readonly generation: GenerationMonitor
  readonly remote: RemoteConfig
  readonly selfTest: SelfTest
}

/** Collects the state of the scanner for the local command, the backend and Prometheus. */
export class ScannerStatusStore {
  readonly #options: ScannerStatusOptions
  #fileEvents = 0
  #eventOverflows = 0

  constructor(options: ScannerStatusOptions) {
    this.#options = options
    options.events.on('fileEvents', (events) => {
      this.#fileEvents += events.length
    })
    options.events.on('fileEventsLost', () => {
      this.#eventOverflows += 1
    })
  }

  /** Returns the answer to GetScannerStatus. */
  local(): Draft<'ScannerStatus'> {
    const { containerWatcher, watchedContainers, spool, scanner, generation, fileEventScanner } = this.#options
    return {
      containersWatched: watchedContainers.count,
      containersTotal: containerWatcher.containers.size,
      spoolResults: spool.results,
      fileEvents: this.#fileEvents,
      eventOverflows: this.#eventOverflows,
      queueLength: scanner.queueLength + fileEventScanner.active,
      signatureGeneration: generation.generation,
      engineVersion: generation.engineVersion,
    }
  }

  /** Returns the node status for the backend. */
  node(runtime: RuntimeStatusMessage | undefined): Draft<'NodeStatus'> {
    const { node, containerWatcher, watchedContainers, spool, generation, remote, selfTest } = this.#options
    const runtimeReason = runtime?.reason || (containerWatcher.failure && `inspector: ${containerWatcher.failure}`)
    return {
      ...node,
      agentVersion: VERSION,
      runtimeKind: cutText(runtime?.kind ?? '', LIMITS.shortBytes),
      runtimeVersion: cutText(runtime?.version ?? '', LIMITS.shortBytes),
      runtimeEndpoint: cutText(runtime?.endpoint ?? '', LIMITS.sentenceBytes),
      runtimeReason: cutText(runtimeReason, LIMITS.sentenceBytes),
      signatureGeneration: cutText(generation.generation, LIMITS.idBytes),
      engineVersion: cutText(generation.engineVersion, LIMITS.idBytes),
      signatureCount: generation.signatureCount,
      spoolResults: spool.results,
      spoolBytes: spool.sizeBytes,
      eventOverflows: this.#eventOverflows,
      // A watch without events is none.
      containersWatched: selfTest.missingEvents === '' ? watchedContainers.count : 0,
      containersTotal: containerWatcher.containers.size,
      kernelRelease: cutText(release(), LIMITS.idBytes),
      observedAtMs: Date.now(),
      configError: cutText(remote.error, LIMITS.sentenceBytes),
      configEtag: cutText(remote.etag, LIMITS.idBytes),
      ...signatureFacts(generation.report),
      ...selfTestFacts(selfTest.result),
    }
  }

  /** Registers gauges for the state that no other part exports. */
  register(registry: Registry): void {
    const { containerWatcher, watchedContainers, spool, scanner } = this.#options
    addGauge({ name: 'guardimesh_scanner_containers', help: 'Containers on the node' }, () => containerWatcher.containers.size)
    addGauge(
      { name: 'guardimesh_scanner_containers_watched', help: 'Containers that are watched for writes' },
      () => watchedContainers.count,
    )
    addGauge(
      { name: 'guardimesh_scanner_spool_results', help: 'Results in the spool that the backend has not stored yet' },
      () => spool.results,
    )
    addGauge({ name: 'guardimesh_scanner_spool_bytes', help: 'Size of the spool on disk' }, () => spool.sizeBytes)
    addGauge({ name: 'guardimesh_scanner_queue_length', help: 'Files that wait for an engine' }, () => scanner.queueLength)
    addGauge({ name: 'guardimesh_scanner_file_events', help: 'File events read since the process started' }, () => this.#fileEvents)
    addGauge(
      { name: 'guardimesh_scanner_event_overflows', help: 'Number of times that file events were lost since the process started' },
      () => this.#eventOverflows,
    )

    function addGauge(declaration: { readonly name: string; readonly help: string }, read: () => number): void {
      new Gauge({
        ...declaration,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    }
  }
}

function selfTestFacts(result: SelfTestResult | undefined): Draft<'NodeStatus'> {
  if (!result) return {}
  const failures = [...result.failures]
  return {
    selfTestAtMs: result.finishedAtMs,
    selfTestFailed: cutText(failures.map(([part]) => part).join(', '), LIMITS.shortBytes),
    selfTestDetail: cutText(failures.map(([part, failure]) => `${part}: ${failure}`).join('; '), LIMITS.sentenceBytes),
  }
}

function signatureFacts(report: PullerReport): Draft<'NodeStatus'> {
  return {
    signaturesLoadedAtMs: report.loadedAtMs,
    signaturesLoadMs: report.loadMs,
    signaturesMemoryBytes: report.memoryBytes,
    signaturesPulledBytes: report.pulledBytes,
    signaturesRefusedGeneration: cutText(report.refusedGeneration, LIMITS.idBytes),
    signaturesRefusal: cutText(report.refusal, LIMITS.sentenceBytes),
  }
}
