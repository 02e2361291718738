import {
  type ImageLayerAnswer,
  type ImageLayerClaim,
  type ImageLayerReceipt,
  type ImageLayerReport,
  ImageLayerResult,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import { fitResults } from './fit-results.js'
import { LayerScanRepository, type LayerScanRow } from './layer-scan.repository.js'

/** Divides the layers of a cluster between its nodes: each is scanned by one node, and the others receive the result. */
@Injectable()
export class LayerClaimsService {
  constructor(
    private readonly database: Database,
    private readonly scans: LayerScanRepository,
  ) {}

  /** Stores the layers of a node, leases one if the node wants it, and returns the state of each. */
  claim(claim: ImageLayerClaim): Promise<ImageLayerAnswer> {
    const { layers, wantsLease } = claim
    return this.database.transaction(async (tx) => {
      const keys = layers.map(({ layer }) => layer)
      await this.scans.markUsed(tx, claim, [...keys].sort())
      await this.scans.markImages(tx, claim)
      const known = layers.filter(({ isKnown }) => isKnown).map(({ layer }) => layer)
      const unknown = layers.filter(({ isKnown }) => !isKnown).map(({ layer }) => layer)
      const leased = wantsLease ? await this.scans.lease(tx, claim, unknown) : undefined
      const rows = await this.scans.read(tx, claim, keys, known)
      return { layers: fitResults(rows.map((row) => answerOf(row, leased))) }
    })
  }

  /** Stores progress or outcome. The outcome of a scan without a lease is stored as well: the node could not reach the backend before. */
  async report(report: ImageLayerReport): Promise<ImageLayerReceipt> {
    if (report.state === 'scanned') await this.scans.storeResult(this.database, report)
    else if (report.state === 'failed') await this.scans.storeFailure(this.database, report)
    else return { isLeased: await this.scans.renew(this.database, report) }
    return { isLeased: false }
  }
}

function answerOf({ layer, state, isLeased, result }: LayerScanRow, leased: string | undefined): ImageLayerAnswer['layers'][number] {
  if (layer === leased) return { layer, state: 'leased', result: null }
  if (state === 'scanned') return { layer, state, result: ImageLayerResult.nullable().parse(result) }
  return { layer, state: state === 'scanning' && isLeased ? 'elsewhere' : 'waiting', result: null }
}
