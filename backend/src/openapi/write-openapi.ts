import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  API_ERROR_CODES,
  type ApiErrorCode,
  DEFAULT_ADMINISTRATOR_EMAIL,
  INGEST_LIMITS,
  PROBLEM_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  Problem,
  permissionRule,
  SESSION_COOKIE,
} from '@guardimesh/contracts'
import { createLogger, type ProcessContext } from '@guardimesh/kit'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { z } from 'zod'
import { appModule } from '../app.module.js'
import { KEY_BYTES } from '../config/encryption-keys.js'
import { readVersion } from '../features/version/read-version.js'
import type { Access } from '../platform/auth/access.js'
import { type DescribedRoute, describedRoutes } from '../platform/http/described-routes.js'
import { errorCodesOf } from './error-codes.js'
import { formatJson } from './format-json.js'
import { undocumentedOperations } from './undocumented-operations.js'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>

const TARGET = fileURLToPath(new URL('../../../docs/reference/openapi.json', import.meta.url))
const PLAIN_TEXT = { 'text/plain': { schema: { type: 'string' as const } } }
/** Responses of exports. */
const EXPORTED = { 'text/csv': { schema: { type: 'string' } }, 'application/x-ndjson': { schema: { type: 'string' } } } as const
const PROBLEM_REFERENCE = { $ref: '#/components/schemas/Problem' }
const NO_CONNECTIONS = {
  databaseUrl: 'postgres://nobody@127.0.0.1/none',
  encryptionKeys: [Buffer.alloc(KEY_BYTES)],
  listenHost: '127.0.0.1',
  port: 0,
  tls: undefined,
  publicUrl: new URL('http://127.0.0.1'),
  trustedProxies: [],
  consoleFolder: undefined,
  firstAdminEmail: DEFAULT_ADMINISTRATOR_EMAIL,
  firstAdminPasswordFile: undefined,
  signatureServer: undefined,
  sessions: { lifetimeMs: 1, idleMs: 1 },
  limits: { nodes: undefined, ingestResultsPerSecond: undefined, apiKeys: undefined },
  logLevel: 'silent',
}

/** Writes docs/reference/openapi.json from the routes and schemas of the code, without starting a server or connecting to anything. */
export async function writeOpenApi({ log }: ProcessContext<object>): Promise<void> {
  const module = appModule(NO_CONNECTIONS, createLogger('openapi', 'silent'))
  // Preview mode builds the graph of modules and controllers only.
  const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false })
  const info = new DocumentBuilder()
    .setTitle('Guardimesh')
    .setDescription('Errors are problem documents (RFC 9457). errors.md describes their codes.')
    .setVersion(readVersion())
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'API key, gmk_<prefix>_<secret>' }, 'apiKey')
    .addCookieAuth(SESSION_COOKIE, undefined, 'session')
    .build()
  const document = SwaggerModule.createDocument(app, info)
  for (const route of describedRoutes(app)) complete(document, route)
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: jsonSchema(Problem) } }
  const undocumented = undocumentedOperations(document)
  if (undocumented.length > 0) throw new Error(`the API reference is incomplete; add @Operation to the routes:\n${undocumented.join('\n')}`)
  await writeFile(TARGET, `${formatJson(document)}\n`)
  log.info({ target: TARGET, paths: Object.keys(document.paths).length }, 'API reference written')
}

/** Adds what the framework's module does not see: responses, error codes, access and protobuf bodies. */
function complete(document: OpenAPIObject, route: DescribedRoute): void {
  const item = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]
  const operation = item?.[route.method.toLowerCase() as 'get'] as Operation | undefined
  if (!operation) return
  if (route.access?.kind === 'scope' && route.method === 'POST' && !operation.requestBody)
    operation.requestBody = {
      required: true,
      description: `contracts/proto/guardimesh/v1: one message or a batch, optionally gzip-compressed, maximum ${INGEST_LIMITS.compressedBodyBytes} bytes as sent`,
      content: { [PROTOBUF_MEDIA_TYPE]: { schema: { type: 'string', format: 'binary' } } },
    }
  operation.parameters = [...missingPathParameters(route, operation), ...(operation.parameters ?? [])]
  const content = route.answer ? { 'application/json': { schema: jsonSchema(route.answer) } } : undefined
  operation.responses = {
    [route.status]: {
      description: route.path.endsWith('/stream') ? 'Server-Sent Events' : 'Success',
      ...(route.path.endsWith('/export') ? { content: EXPORTED } : {}),
      ...(content ? { content } : {}),
    },
    ...(route.errors ? errorResponses(route, operation) : {}),
    ...(route.hasPlainErrors ? { '4XX': { description: 'Rejected by the upload protocol (tus)', content: PLAIN_TEXT } } : {}),
  }
  if (route.access) operation.security = securityOf(route.access)
}

/** Returns the parameters in the path of a route whose handler does not declare them. */
function missingPathParameters({ path }: DescribedRoute, { parameters = [] }: Operation): NonNullable<Operation['parameters']> {
  const known = new Set(parameters.map((parameter) => ('name' in parameter ? parameter.name : '')))
  return [...path.matchAll(/:(\w+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function errorResponses(route: DescribedRoute, { requestBody, parameters = [] }: Operation): Operation['responses'] {
  const hasQuery = parameters.some((parameter) => 'in' in parameter && parameter.in === 'query')
  const codes = errorCodesOf(route, { hasBody: requestBody !== undefined, hasQuery })
  const byStatus = Map.groupBy(codes, (code) => API_ERROR_CODES[code].http)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, ofStatus]) => [status, errorResponse(ofStatus, route.hasPlainErrors && status < 500)]),
  )
}

function errorResponse(codes: ApiErrorCode[], isAlsoPlain: boolean) {
  const schema = { allOf: [PROBLEM_REFERENCE, { type: 'object' as const, properties: { code: { type: 'string' as const, enum: codes } } }] }
  return { description: codes.join(', '), content: { [PROBLEM_MEDIA_TYPE]: { schema }, ...(isAlsoPlain ? PLAIN_TEXT : {}) } }
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access.kind === 'public') return []
  if (access.kind === 'scope') return [{ apiKey: [] }]
  return permissionRule(access.permission).scopes.length === 0 ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }]
}

function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { target: 'openapi-3.0' })
}
