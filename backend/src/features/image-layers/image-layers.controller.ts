import { ImageLayerProgress, ImagePage, ImageQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { ImageLayersService } from './image-layers.service.js'

/** Image layers for users. */
@Controller('api/image-layers')
@RequireRead()
export class ImageLayersController {
  constructor(private readonly layers: ImageLayersService) {}

  @Operation({
    summary: 'Get the progress of the image layer scan',
    description: 'Returns how many layers of running containers are scanned with the current signatures, and which are being scanned.',
  })
  @Get()
  @SerializeOptions({ schema: ImageLayerProgress })
  progress(): Promise<ImageLayerProgress> {
    return this.layers.progress()
  }

  @Operation({
    summary: 'List images',
    description: 'Returns the images of running containers by name, with the state of their layers, and the pods that use them.',
    errors: ['CURSOR_INVALID'],
  })
  @Get('images')
  @SerializeOptions({ schema: ImagePage })
  images(@Query({ schema: ImageQuery }) query: ImageQuery): Promise<ImagePage> {
    return this.layers.listImages(query)
  }
}
