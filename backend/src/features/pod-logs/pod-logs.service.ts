import { type DecodedPodLogs, decodePodLogsInSteps, type InventoryReceipt } from '@guardimesh/contracts'
import { errorCodeOf, GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Counter, Registry } from 'prom-client'
import type { Limits } from '../../config/api-config.js'
import { Database } from '../../platform/database/database.js'
import { isConcurrencyFailure, isRefusedValue } from '../../platform/database/database-errors.js'
import { admitNodes } from '../../platform/limits/admit-nodes.js'
import { InjectLimits } from '../../platform/limits/limits.module.js'
import { ProtobufIntake, type ProtobufRequest } from '../../platform/protobuf/protobuf-intake.js'
import { incomingPods } from './incoming-pod.js'
import { type NodeKey, PodLogsRepository } from './pod-logs.repository.js'

const ATTEMPTS_MAX = 5

/** Stores the pod inventory of nodes. */
@Injectable()
export class PodLogsService {
  readonly #reports: Counter<'outcome'>

  constructor(
    private readonly intake: ProtobufIntake,
    private readonly database: Database,
    private readonly repository: PodLogsRepository,
    @InjectLimits() private readonly limits: Limits,
    registry: Registry,
  ) {
    this.#reports = new Counter({
      name: 'guardimesh_pod_logs_reports_total',
      help: 'Pod inventory reports, by outcome: stored or an error code',
      labelNames: ['outcome'],
      registers: [registry],
    })
  }

  /** Resolves after the commit. */
  async store(request: ProtobufRequest): Promise<InventoryReceipt> {
    try {
      const receipt = await this.intake.process(request, {
        decode: decodePodLogsInSteps,
        encode: async (report: DecodedPodLogs) => report,
        store: (report) => this.#store(report),
      })
      this.#reports.inc({ outcome: 'stored' })
      return receipt
    } catch (error) {
      this.#reports.inc({ outcome: errorCodeOf(error) })
      throw error
    }
  }

  async #store(report: DecodedPodLogs): Promise<InventoryReceipt> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#write(report)
        return { accepted: report.pods.length }
      } catch (error) {
        if (isRefusedValue(error))
          throw new GuardError('RESULT_INVALID', 'the database rejected a value in the request', {}, { cause: error })
        if (!isConcurrencyFailure(error) || attempt >= ATTEMPTS_MAX) throw error
      }
    }
  }

  #write({ pods, node, complete }: DecodedPodLogs): Promise<void> {
    const nowMs = Date.now()
    const rows = incomingPods(pods, nowMs)
    const nodes = nodesOf([...(node ? [node] : []), ...pods])
    return this.database.transaction(async (tx) => {
      await admitNodes(tx, nodes, this.limits.nodes)
      await this.repository.touchClusters(tx, [...new Set(nodes.map(({ clusterId }) => clusterId))])
      await this.repository.touchNodes(tx, nodes)
      if (node) await this.repository.updateNode(tx, node, nowMs)
      await this.repository.upsertPods(tx, rows)
      if (node && complete) await this.repository.markMissingGone(tx, node, ownPods(rows, node), nowMs)
    })
  }
}

/** Removes duplicate nodes. */
function nodesOf(keys: readonly NodeKey[]): NodeKey[] {
  const byName = new Map(keys.map((key) => [`${key.clusterId}\0${key.nodeName}`, key]))
  return [...byName.values()]
}

function ownPods<Pod extends { cluster_id: string; node_name: string }>(pods: readonly Pod[], node: NodeKey): Pod[] {
  return pods.filter((pod) => pod.cluster_id === node.clusterId && pod.node_name === node.nodeName)
}
