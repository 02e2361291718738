import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { checkOrigin } from './check-origin.js'

const OWN = 'http://127.0.0.1:8080'

test.each([
  { origin: OWN, console: OWN, passes: true },
  { origin: 'http://localhost:8080', console: OWN, passes: true },
  { origin: 'http://[::1]:8080', console: OWN, passes: true },
  { origin: 'http://localhost:8081', console: OWN, passes: false },
  { origin: 'https://localhost:8080', console: OWN, passes: false },
  { origin: 'http://127.0.0.1.evil.test:8080', console: OWN, passes: false },
  { origin: 'null', console: OWN, passes: false },
  { origin: 'http://localhost:8080', console: 'http://guard.test:8080', passes: false },
  { origin: 'https://evil.test', console: 'https://guard.test', passes: false },
])('$origin at the console $console: $passes', ({ origin, console: consoleOrigin, passes }) => {
  const request = { method: 'POST', headers: { origin } } as unknown as FastifyRequest
  const check = () => checkOrigin(request, consoleOrigin)
  if (passes) expect(check).not.toThrow()
  else expect(check).toThrow(expect.objectContaining({ code: 'ORIGIN_REFUSED' }))
})
