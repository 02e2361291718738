import { release } from 'node:os'
import type { Draft, RuntimeStatusMessage } from '@guardimesh/contracts'
import { INGEST_LIMITS as LIMITS } from '@guardimesh/contracts'
import { Gauge, type Registry } from 'prom-client'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { PullerReport } from '../../../report/puller-report.js'
import type { Spool } from '../../../report/spool.js'
import type { EventScans } from '../triggers/file-event-scanner.js'
import type { Watches } from '../triggers/watched-containers.js'
import type { GenerationWatch } from '../remote/generation-monitor.js'
import type { RemoteConfig } from '../remote/remote-config.js'
import type { WatchPods } from '../remote/container-watcher.js'
import { cutText, type NodeFacts } from '../reporting/build-result.js'

export interface StatusParts {
  readonly node: NodeFacts
  readonly pods: WatchPods
  readonly watches: Watches
  readonly spool: Spool
  readonly scanner: CachedScanner
  readonly events: EventScans
  readonly generation: GenerationWatch
  readonly remote: RemoteConfig
}

const AGENT_VERSION = '0.1.0'

/** What the scanner knows about itself, for the local command, the backend and Prometheus. */
export class ScannerStatusStore {
  readonly #parts: StatusParts
  /** File events that were read. */
  fileEvents = 0
  /** Times that file events were lost. */
  eventOverflows = 0

  constructor(parts: StatusParts) {
    this.#parts = parts
  }

  /** For GetScannerStatus. */
  local(): Draft<'ScannerStatus'> {
    const { pods, watches, spool, scanner, generation, events } = this.#parts
    return {
      containersWatched: watches.count,
      containersTotal: pods.containers.size,
      spoolResults: spool.results,
      fileEvents: this.fileEvents,
      eventOverflows: this.eventOverflows,
      queueLength: scanner.queueLength + events.underWay,
      signatureGeneration: generation.generation,
      engineVersion: generation.engineVersion,
    }
  }

  /** For the backend. */
  node(runtime: RuntimeStatusMessage | undefined): Draft<'NodeStatus'> {
    const { node, pods, watches, spool, generation, remote } = this.#parts
    return {
      ...node,
      agentVersion: AGENT_VERSION,
      runtimeKind: cutText(runtime?.kind ?? '', LIMITS.shortBytes),
      runtimeVersion: cutText(runtime?.version ?? '', LIMITS.shortBytes),
      runtimeEndpoint: cutText(runtime?.endpoint ?? '', LIMITS.sentenceBytes),
      runtimeReason: cutText(runtime?.reason || (pods.failure && `inspector: ${pods.failure}`), LIMITS.sentenceBytes),
      signatureGeneration: cutText(generation.generation, LIMITS.idBytes),
      engineVersion: cutText(generation.engineVersion, LIMITS.idBytes),
      signatureCount: generation.signatureCount,
      spoolResults: spool.results,
      spoolBytes: spool.sizeBytes,
      eventOverflows: this.eventOverflows,
      containersWatched: watches.count,
      containersTotal: pods.containers.size,
      kernelRelease: cutText(release(), LIMITS.idBytes),
      observedAtMs: Date.now(),
      configError: cutText(remote.error, LIMITS.sentenceBytes),
      configEtag: cutText(remote.etag, LIMITS.idBytes),
      ...signatureFacts(generation.report),
    }
  }

  /** Adds what only this book knows to the process's metrics. */
  register(registry: Registry): void {
    const { pods, watches, spool, scanner } = this.#parts
    const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
      ['containers', 'Containers on the node', () => pods.containers.size],
      ['containers_watched', 'Containers that are watched for writes', () => watches.count],
      ['spool_results', 'Results that the backend does not have yet', () => spool.results],
      ['spool_bytes', 'Size of the spool on disk', () => spool.sizeBytes],
      ['queue_length', 'Files that wait for an engine', () => scanner.queueLength],
      ['file_events', 'File events that were read since the start', () => this.fileEvents],
      ['event_overflows', 'Times that file events were lost since the start', () => this.eventOverflows],
    ]
    for (const [name, help, read] of gauges) {
      new Gauge({
        name: `guardimesh_scanner_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    }
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
