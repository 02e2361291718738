/**
 * The closed list of error codes. `http` is the status of the problem document, `retry` what a client does:
 * `never` (the same request fails again), `backoff` (later, with growing pauses). `docs/reference/errors.md` explains each.
 */
export const ERROR_CODES = {
  // What a request says
  BODY_INVALID: { http: 400, retry: 'never' },
  QUERY_INVALID: { http: 400, retry: 'never' },
  CURSOR_INVALID: { http: 400, retry: 'never' },
  BODY_TOO_LARGE: { http: 413, retry: 'never' },
  MEDIA_TYPE_UNSUPPORTED: { http: 415, retry: 'never' },
  PROTOBUF_INVALID: { http: 400, retry: 'never' },
  RESULT_INVALID: { http: 400, retry: 'never' },
  COMPRESSION_INVALID: { http: 400, retry: 'never' },
  // Who asks
  UNAUTHENTICATED: { http: 401, retry: 'never' },
  LOGIN_FAILED: { http: 401, retry: 'never' },
  LOGIN_THROTTLED: { http: 429, retry: 'backoff' },
  SESSION_EXPIRED: { http: 401, retry: 'never' },
  API_KEY_UNKNOWN: { http: 401, retry: 'never' },
  API_KEY_REVOKED: { http: 401, retry: 'never' },
  SCOPE_MISSING: { http: 403, retry: 'never' },
  SESSION_REQUIRED: { http: 403, retry: 'never' },
  ROLE_MISSING: { http: 403, retry: 'never' },
  ORIGIN_REFUSED: { http: 403, retry: 'never' },
  // What is asked for
  ROUTE_NOT_FOUND: { http: 404, retry: 'never' },
  FINDING_NOT_FOUND: { http: 404, retry: 'never' },
  API_KEY_NOT_FOUND: { http: 404, retry: 'never' },
  API_KEY_LIMIT_REACHED: { http: 409, retry: 'never' },
  PASSWORD_UNACCEPTABLE: { http: 400, retry: 'never' },
  SCAN_CONFIG_CHANGED: { http: 412, retry: 'never' },
  SIGNATURES_CHANGED: { http: 412, retry: 'never' },
  GENERATION_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_CHANNEL_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_CHANNEL_LIMIT_REACHED: { http: 409, retry: 'never' },
  NOTIFICATION_TEST_RUNNING: { http: 409, retry: 'backoff' },
  UPLOAD_NOT_FOUND: { http: 404, retry: 'never' },
  RULE_TRIAL_NOT_FOUND: { http: 404, retry: 'never' },
  RULE_TRIAL_BUSY: { http: 429, retry: 'backoff' },
  IMPORT_QUEUE_FULL: { http: 429, retry: 'backoff' },
  NO_ACTIVE_GENERATION: { http: 404, retry: 'backoff' },
  SIGNATURE_SERVER_UNAVAILABLE: { http: 503, retry: 'backoff' },
  // Whether we can
  INGEST_OVERLOADED: { http: 429, retry: 'backoff' },
  INGEST_RATE_LIMITED: { http: 429, retry: 'backoff' },
  NODE_LIMIT_REACHED: { http: 403, retry: 'backoff' },
  DATABASE_UNAVAILABLE: { http: 503, retry: 'backoff' },
  STREAM_LIMIT_REACHED: { http: 503, retry: 'backoff' },
  SHUTTING_DOWN: { http: 503, retry: 'backoff' },
  INTERNAL: { http: 500, retry: 'backoff' },
  // On a node
  CONFIG_INVALID: { http: 400, retry: 'never' },
  RUNTIME_NOT_FOUND: { http: 503, retry: 'backoff' },
  RUNTIME_UNAVAILABLE: { http: 503, retry: 'backoff' },
  CONTAINER_NOT_FOUND: { http: 404, retry: 'never' },
  CONTAINER_AMBIGUOUS: { http: 400, retry: 'never' },
  ENGINE_UNAVAILABLE: { http: 503, retry: 'backoff' },
  ENGINE_TIMEOUT: { http: 504, retry: 'backoff' },
  ENGINE_ERROR: { http: 502, retry: 'backoff' },
  FRAME_TOO_LARGE: { http: 413, retry: 'never' },
  FRAME_INVALID: { http: 400, retry: 'never' },
  PEER_DISCONNECTED: { http: 503, retry: 'backoff' },
  SIGNATURES_INVALID: { http: 422, retry: 'never' },
  ARCHIVE_INVALID: { http: 422, retry: 'never' },
  SPOOL_UNUSABLE: { http: 500, retry: 'backoff' },
  KERNEL_CALL_FAILED: { http: 500, retry: 'never' },
  BACKEND_UNAVAILABLE: { http: 503, retry: 'backoff' },
  BACKEND_REFUSED: { http: 502, retry: 'never' },
} as const satisfies Record<string, { http: number; retry: 'never' | 'backoff' }>

export type ErrorCode = keyof typeof ERROR_CODES

/** True when `code` is in the closed list. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code)
}
