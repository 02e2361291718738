// First, because it must run before any module with a schema.
import './zod-config.js'
import { startConsole } from './start-console.js'

await startConsole()
