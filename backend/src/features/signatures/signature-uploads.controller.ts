import type { Readable } from 'node:stream'
import { Controller, Delete, Head, HttpCode, Options, Patch, Post } from '@nestjs/common'
import { RequireAdministratorOr } from '../../platform/auth/require-scope.js'
import { StreamedBody } from '../../platform/http/route-body.js'
import { CurrentUpload, SignatureUploadsService, type UploadRequest } from './signature-uploads.service.js'

/** Resumable uploads by the tus protocol 1.0, passed through to the signature server. */
@Controller('api/signatures/uploads')
@RequireAdministratorOr('signatures:write')
export class SignatureUploadsController {
  constructor(private readonly uploads: SignatureUploadsService) {}

  @Options()
  @HttpCode(204)
  capabilities(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }

  @Post()
  @StreamedBody()
  create(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }

  @Options(':uploadId')
  @HttpCode(204)
  capabilitiesOfOne(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }

  @Head(':uploadId')
  progress(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }

  @Patch(':uploadId')
  @HttpCode(204)
  @StreamedBody()
  append(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }

  @Delete(':uploadId')
  @HttpCode(204)
  remove(@CurrentUpload() upload: UploadRequest): Promise<Readable | undefined> {
    return this.uploads.pass(upload)
  }
}
