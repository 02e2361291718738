import { ImageLayerAnswer, ImageLayerClaim, ImageLayerReceipt, ImageLayerReport, MIB_BYTES } from '@guardimesh/contracts'
import { Body, Controller, HttpCode, Post, SerializeOptions } from '@nestjs/common'
import { RequireScope } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { LayerClaimsService } from './layer-claims.service.js'

/** 200 layers with 20 image names each, or the largest result of a layer. */
const BODY_MAX_BYTES = 4 * MIB_BYTES

/** Image layers for scanners. */
@Controller('api/v1/image-layers')
@RequireScope('ingestion')
export class LayerClaimsController {
  constructor(private readonly claims: LayerClaimsService) {}

  @Operation({
    summary: 'Claim image layers',
    description:
      'Stores which image layers a node uses. Returns the results of layers that were scanned with the same signatures, and the layer that the node scans next.',
  })
  @Post('claims')
  @HttpCode(200)
  @LargeJson(BODY_MAX_BYTES)
  @SerializeOptions({ schema: ImageLayerAnswer })
  claim(@Body({ schema: ImageLayerClaim }) body: ImageLayerClaim): Promise<ImageLayerAnswer> {
    return this.claims.claim(body)
  }

  @Operation({
    summary: 'Report the scan of an image layer',
    description: 'Stores the progress or the outcome of a scan. Progress renews the lease of the node.',
  })
  @Post('reports')
  @HttpCode(200)
  @LargeJson(BODY_MAX_BYTES)
  @SerializeOptions({ schema: ImageLayerReceipt })
  report(@Body({ schema: ImageLayerReport }) body: ImageLayerReport): Promise<ImageLayerReceipt> {
    return this.claims.report(body)
  }
}
