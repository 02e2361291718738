import type { Readable } from 'node:stream'
import { Controller, Delete, Head, HttpCode, Options, Patch, Post } from '@nestjs/common'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { ForwardsPlainErrors, Operation } from '../../platform/http/operation.js'
import { StreamedBody } from '../../platform/http/route-body.js'
import { CurrentUpload, SignatureUploadsService, type UploadRequest } from './signature-uploads.service.js'

/** Resumable uploads (tus 1.0), forwarded to the signature server. */
@Controller('api/signatures/uploads')
@RequirePermission('signatures:change')
@ForwardsPlainErrors()
export class SignatureUploadsController {
  constructor(private readonly uploads: SignatureUploadsService) {}

  @Operation({
    summary: 'Get the upload capabilities',
    description: 'Returns the tus version, extensions and maximum size in headers.',
    errors: ['SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Options()
  @HttpCode(204)
  capabilities(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }

  @Operation({
    summary: 'Create an upload',
    description: 'Creates a resumable upload (tus 1.0). `Location` is the address for its chunks.',
    errors: ['SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Post()
  @StreamedBody()
  create(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }

  @Operation({
    summary: 'Get the capabilities of an upload',
    description: 'Returns the tus version, extensions and maximum size in headers.',
    errors: ['UPLOAD_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Options(':uploadId')
  @HttpCode(204)
  capabilitiesOfOne(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }

  @Operation({
    summary: 'Get the offset of an upload',
    description: 'Returns the number of received bytes in `Upload-Offset`, to resume an interrupted upload.',
    errors: ['UPLOAD_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Head(':uploadId')
  progress(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }

  @Operation({
    summary: 'Append a chunk',
    description: 'Appends a chunk at `Upload-Offset`. The body is streamed to the signature server.',
    errors: ['UPLOAD_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE', 'MEDIA_TYPE_UNSUPPORTED'],
  })
  @Patch(':uploadId')
  @HttpCode(204)
  @StreamedBody()
  append(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }

  @Operation({
    summary: 'Delete an upload',
    description: 'Deletes an upload that is not used by an import.',
    errors: ['UPLOAD_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Delete(':uploadId')
  @HttpCode(204)
  remove(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.forward(upload)
  }
}
