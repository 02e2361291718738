/**
 * Error codes of the HTTP APIs of backend and signature server. `http` is the status of the problem document; `retry` states
 * whether the same request can succeed later: `never`, or with `backoff`. A test compares the list with `docs/reference/errors.md`.
 */
export const API_ERROR_CODES = {
  // Invalid requests
  BODY_INVALID: { http: 400, retry: 'never' },
  QUERY_INVALID: { http: 400, retry: 'never' },
  CURSOR_INVALID: { http: 400, retry: 'never' },
  BODY_TOO_LARGE: { http: 413, retry: 'never' },
  MEDIA_TYPE_UNSUPPORTED: { http: 415, retry: 'never' },
  PROTOBUF_INVALID: { http: 400, retry: 'never' },
  RESULT_INVALID: { http: 400, retry: 'never' },
  COMPRESSION_INVALID: { http: 400, retry: 'never' },
  // Authentication and authorization
  UNAUTHENTICATED: { http: 401, retry: 'never' },
  LOGIN_FAILED: { http: 401, retry: 'never' },
  LOGIN_THROTTLED: { http: 429, retry: 'backoff' },
  SESSION_EXPIRED: { http: 401, retry: 'never' },
  API_KEY_UNKNOWN: { http: 401, retry: 'never' },
  API_KEY_REVOKED: { http: 401, retry: 'never' },
  API_KEY_EXPIRED: { http: 401, retry: 'never' },
  SCOPE_MISSING: { http: 403, retry: 'never' },
  SESSION_REQUIRED: { http: 403, retry: 'never' },
  ROLE_MISSING: { http: 403, retry: 'never' },
  ORIGIN_REFUSED: { http: 403, retry: 'never' },
  // Not found and conflicts
  ROUTE_NOT_FOUND: { http: 404, retry: 'never' },
  FINDING_NOT_FOUND: { http: 404, retry: 'never' },
  INCIDENT_NOT_FOUND: { http: 404, retry: 'never' },
  INCIDENT_CHANGED: { http: 412, retry: 'never' },
  ACCOUNT_NOT_FOUND: { http: 404, retry: 'never' },
  ACCOUNT_EXISTS: { http: 409, retry: 'never' },
  LAST_ADMINISTRATOR: { http: 409, retry: 'never' },
  TWO_FACTOR_ENABLED: { http: 409, retry: 'never' },
  INVITATION_INVALID: { http: 404, retry: 'never' },
  SESSION_NOT_FOUND: { http: 404, retry: 'never' },
  EXCEPTION_NOT_FOUND: { http: 404, retry: 'never' },
  EXCEPTION_TOO_BROAD: { http: 422, retry: 'never' },
  EXCEPTION_REVOKED: { http: 409, retry: 'never' },
  EXCEPTION_LIMIT_REACHED: { http: 409, retry: 'never' },
  SAVED_VIEW_NOT_FOUND: { http: 404, retry: 'never' },
  SAVED_VIEW_LIMIT_REACHED: { http: 409, retry: 'never' },
  API_KEY_NOT_FOUND: { http: 404, retry: 'never' },
  API_KEY_LIMIT_REACHED: { http: 409, retry: 'never' },
  PASSWORD_UNACCEPTABLE: { http: 400, retry: 'never' },
  SCAN_CONFIG_CHANGED: { http: 412, retry: 'never' },
  SIGNATURES_CHANGED: { http: 412, retry: 'never' },
  GENERATION_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_CHANNEL_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_CHANNEL_LIMIT_REACHED: { http: 409, retry: 'never' },
  NOTIFICATION_RULE_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_RULE_LIMIT_REACHED: { http: 409, retry: 'never' },
  NOTIFICATION_DELIVERY_NOT_FOUND: { http: 404, retry: 'never' },
  NOTIFICATION_TEST_RUNNING: { http: 409, retry: 'backoff' },
  UPLOAD_NOT_FOUND: { http: 404, retry: 'never' },
  RULE_TRIAL_NOT_FOUND: { http: 404, retry: 'never' },
  RULE_TRIAL_BUSY: { http: 429, retry: 'backoff' },
  IMPORT_QUEUE_FULL: { http: 429, retry: 'backoff' },
  NO_ACTIVE_GENERATION: { http: 404, retry: 'backoff' },
  SIGNATURE_SERVER_UNAVAILABLE: { http: 503, retry: 'backoff' },
  SIGNATURES_INVALID: { http: 422, retry: 'never' },
  // Capacity and availability
  INGEST_OVERLOADED: { http: 429, retry: 'backoff' },
  INGEST_RATE_LIMITED: { http: 429, retry: 'backoff' },
  NODE_LIMIT_REACHED: { http: 403, retry: 'backoff' },
  DATABASE_UNAVAILABLE: { http: 503, retry: 'backoff' },
  EXPORT_LIMIT_REACHED: { http: 429, retry: 'backoff' },
  STREAM_LIMIT_REACHED: { http: 503, retry: 'backoff' },
  SHUTTING_DOWN: { http: 503, retry: 'backoff' },
  // Returned by the web server of the console if the backend is unreachable; see release/rootfs/console.
  BACKEND_UNAVAILABLE: { http: 503, retry: 'backoff' },
  ENGINE_UNAVAILABLE: { http: 503, retry: 'backoff' },
  ENGINE_ERROR: { http: 502, retry: 'backoff' },
  INTERNAL: { http: 500, retry: 'backoff' },
} as const satisfies Record<string, { http: number; retry: 'never' | 'backoff' }>

export type ApiErrorCode = keyof typeof API_ERROR_CODES

export function isApiErrorCode(code: string): code is ApiErrorCode {
  return Object.hasOwn(API_ERROR_CODES, code)
}
