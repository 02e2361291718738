import type { ImageLayerProgress, ImagePage, ImageQuery } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { decodeCursor, TEXT_PART } from '../../platform/paging/cursor.js'
import { pageOfRows } from '../../platform/paging/page.js'
import { ImageRepository } from './image.repository.js'
import { LayerProgressRepository } from './layer-progress.repository.js'

/** Reads the state of image layers for the console. */
@Injectable()
export class ImageLayersService {
  constructor(
    private readonly layers: LayerProgressRepository,
    private readonly images: ImageRepository,
  ) {}

  async progress(): Promise<ImageLayerProgress> {
    const [totals, scans, failures] = await Promise.all([this.layers.totals(), this.layers.scans(), this.layers.failures()])
    return { ...totals, scans: scans.map((scan) => ({ ...scan, startedAt: scan.startedAt.toISOString() })), failures }
  }

  /** @throws GuardError CURSOR_INVALID. */
  async listImages({ limit, cursor, ...filters }: ImageQuery): Promise<ImagePage> {
    const list = ['images', filters]
    const [image, clusterId] = cursor === undefined ? [] : decodeCursor(list, cursor, [TEXT_PART, TEXT_PART])
    const after = image === undefined || clusterId === undefined ? undefined : { image, clusterId }
    return pageOfRows(list, await this.images.list(filters, after, limit + 1), limit, (row) => [row.image, row.clusterId])
  }
}
