import { defineConfig } from 'vitest/config'

/** `npm run screenshots -w console`: takes the README's pictures. No part of the tests. */
export default defineConfig({ test: { include: ['test/screenshots/*.ts'], testTimeout: 120_000, hookTimeout: 120_000 } })
