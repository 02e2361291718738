import { z } from 'zod'

// The content security policy refuses code made at run time. zod tries it when a schema is made, and the browser reports that:
// so this is said before any module with a schema is loaded.
z.config({ jitless: true })

const { startConsole } = await import('./start-console.js')
await startConsole()
