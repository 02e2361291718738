/** How each state of a delivery looks. */
export const DELIVERY_TONE = { waiting: 'busy', delivered: 'good', failed: 'bad', superseded: 'quiet' } as const
