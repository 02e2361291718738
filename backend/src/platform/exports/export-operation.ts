import { applyDecorators, Get } from '@nestjs/common'
import { Operation } from '../http/operation.js'

/** Declares the route `export` of a list. @param name plural noun. */
export const ExportOperation = (name: string): MethodDecorator =>
  applyDecorators(
    Operation({
      summary: `Export ${name}`,
      description: `Streams all ${name} that match the filters, in the order of the list, as CSV or NDJSON. The last line states that the file is complete; without it the export was interrupted. Each export is recorded in the audit log.`,
      errors: ['EXPORT_LIMIT_REACHED'],
    }),
    Get('export'),
  )
