import { runProcess } from '@guardimesh/kit'
import { readSignatureServerConfig } from './config.js'
import { runSignatureServer } from './run-signature-server.js'

await runProcess('signature-server', readSignatureServerConfig, runSignatureServer)
