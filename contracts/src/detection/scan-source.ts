/** How a finding was detected. The order defines the number on the wire (`ScanSource` in clam_result.proto), starting at 1. */
export const SCAN_SOURCES = [
  'upperdir',
  'image_layer',
  'volume',
  'drift',
  'deleted_binary',
  'deleted_library',
  'memfd',
  'obfuscation',
  'realtime',
  'on_demand',
  'retro_hunt',
] as const
export type ScanSourceName = (typeof SCAN_SOURCES)[number]

/** Triggers of a scan. The order defines the number on the wire (`ScanTrigger`), starting at 1. */
export const SCAN_TRIGGERS = [
  'container_start',
  'schedule',
  'file_event',
  'event_overflow',
  'on_request',
  'signature_update',
  'recheck',
  'image_layer',
] as const
export type ScanTriggerName = (typeof SCAN_TRIGGERS)[number]
