import { runProcess } from '@guardimesh/kit'
import { writeOpenApi } from './openapi/write-openapi.js'

await runProcess('openapi', () => ({}), writeOpenApi)
