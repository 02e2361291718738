/** Badge tone of each delivery state. */
export const DELIVERY_TONE = {
  collected: 'busy',
  unacknowledged: 'busy',
  waiting: 'busy',
  delivered: 'good',
  failed: 'bad',
  superseded: 'quiet',
  digested: 'good',
  suppressed: 'quiet',
} as const
