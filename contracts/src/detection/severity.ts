/** How bad a finding is, mildest first. Order is the number on the wire (`Severity` in clam_result.proto), starting at 1. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type SeverityName = (typeof SEVERITIES)[number]
