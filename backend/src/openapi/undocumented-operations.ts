import type { OpenAPIObject } from '@nestjs/swagger'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const
/** A sentence and a verb phrase are longer than this. */
const TEXT_MIN_LENGTH = 5

/** Lists operations without a summary, a description or error responses, as "GET /api/x: no summary". Pure. */
export function undocumentedOperations({ paths }: OpenAPIObject): string[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      if (!operation) return []
      const missing = [
        ...((operation.summary ?? '').length < TEXT_MIN_LENGTH ? ['summary'] : []),
        ...((operation.description ?? '').length < TEXT_MIN_LENGTH ? ['description'] : []),
        ...(Object.keys(operation.responses).some((status) => Number(status) >= 400) ? [] : ['error responses']),
      ]
      return missing.map((part) => `${method.toUpperCase()} ${path}: no ${part}`)
    }),
  )
}
