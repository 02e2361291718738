/** Severities of findings, lowest first. The order defines the number on the wire (`Severity` in clam_result.proto), starting at 1. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type SeverityName = (typeof SEVERITIES)[number]
