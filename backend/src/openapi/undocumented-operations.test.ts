import type { OpenAPIObject } from '@nestjs/swagger'
import { expect, test } from 'vitest'
import { undocumentedOperations } from './undocumented-operations.js'

const DOCUMENTED = {
  summary: 'List findings',
  description: 'Returns findings, newest first.',
  responses: { 200: { description: 'Success' }, 400: { description: 'QUERY_INVALID' } },
}
const aDocument = (operation: object) => ({ paths: { '/api/findings': { get: operation } } }) as unknown as OpenAPIObject

test.each([
  { name: 'a documented operation', changes: {}, expected: [] },
  { name: 'no summary', changes: { summary: undefined }, expected: ['GET /api/findings: no summary'] },
  { name: 'an empty description', changes: { description: '' }, expected: ['GET /api/findings: no description'] },
  { name: 'no error response', changes: { responses: { 200: {} } }, expected: ['GET /api/findings: no error responses'] },
])('reports what is missing: $name', ({ changes, expected }) =>
  expect(undocumentedOperations(aDocument({ ...DOCUMENTED, ...changes }))).toEqual(expected),
)
