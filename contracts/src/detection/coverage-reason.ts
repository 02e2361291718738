/** Reasons why something was not scanned. The order defines the number on the wire (`CoverageReason` in clam_result.proto), starting at 1. */
export const COVERAGE_REASONS = [
  'too_large',
  'vanished',
  'unreadable',
  'engine_error',
  'timeout',
  'unsupported_snapshotter',
  'skipped_namespace',
  'not_regular',
  'outside_container',
  'changed_while_scanned',
  'budget_exhausted',
  'event_overflow',
  'not_inspected',
  'encrypted',
] as const
export type CoverageReasonName = (typeof COVERAGE_REASONS)[number]
