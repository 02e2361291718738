import { Module } from '@nestjs/common'
import { ImageRepository } from './image.repository.js'
import { ImageLayersController } from './image-layers.controller.js'
import { ImageLayersService } from './image-layers.service.js'
import { LayerClaimsController } from './layer-claims.controller.js'
import { LayerClaimsService } from './layer-claims.service.js'
import { LayerProgressRepository } from './layer-progress.repository.js'
import { LayerScanRepository } from './layer-scan.repository.js'

/** The shared scan of image layers. */
@Module({
  controllers: [LayerClaimsController, ImageLayersController],
  providers: [LayerClaimsService, ImageLayersService, LayerScanRepository, LayerProgressRepository, ImageRepository],
})
export class ImageLayersModule {}
