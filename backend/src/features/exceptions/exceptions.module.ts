import { Module } from '@nestjs/common'
import { ActiveExceptionsService } from './active-exceptions.service.js'
import { ExceptionRepository } from './exception.repository.js'
import { ExceptionPreviewRepository } from './exception-preview.repository.js'
import { ExceptionsController } from './exceptions.controller.js'
import { ExceptionsService } from './exceptions.service.js'

/** Exceptions. Ingest marks findings by `ActiveExceptionsService`. */
@Module({
  controllers: [ExceptionsController],
  providers: [ExceptionsService, ExceptionRepository, ExceptionPreviewRepository, ActiveExceptionsService],
  exports: [ActiveExceptionsService],
})
export class ExceptionsModule {}
