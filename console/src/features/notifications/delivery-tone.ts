/** Badge tone of each delivery state. */
export const DELIVERY_TONE = { waiting: 'busy', delivered: 'good', failed: 'bad', superseded: 'quiet' } as const
