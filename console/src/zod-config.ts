import { z } from 'zod'

// The content security policy forbids code generation, which zod tries when a schema is created.
z.config({ jitless: true })
