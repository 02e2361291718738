import { z } from 'zod'

// The content security policy forbids code generation, which zod tries when a schema is created.
// This must be set before any module with a schema is loaded.
z.config({ jitless: true })

const { startConsole } = await import('./start-console.js')
await startConsole()
