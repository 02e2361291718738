/**
 * Error codes between the processes of a node, and of bundles and keys that programs read. They have no HTTP status: a problem document
 * reports them as INTERNAL. A test compares the list with `docs/reference/errors.md`.
 */
export const NODE_ERROR_CODES = {
  CONFIG_INVALID: { retry: 'never' },
  RUNTIME_NOT_FOUND: { retry: 'backoff' },
  RUNTIME_UNAVAILABLE: { retry: 'backoff' },
  CONTAINER_NOT_FOUND: { retry: 'never' },
  CONTAINER_AMBIGUOUS: { retry: 'never' },
  ENGINE_TIMEOUT: { retry: 'backoff' },
  FRAME_TOO_LARGE: { retry: 'never' },
  FRAME_INVALID: { retry: 'never' },
  PEER_DISCONNECTED: { retry: 'backoff' },
  ARCHIVE_INVALID: { retry: 'never' },
  SPOOL_UNUSABLE: { retry: 'backoff' },
  KERNEL_CALL_FAILED: { retry: 'never' },
  BACKEND_REFUSED: { retry: 'never' },
} as const satisfies Record<string, { retry: 'never' | 'backoff' }>

export type NodeErrorCode = keyof typeof NODE_ERROR_CODES
