import type { ProcessContext } from '@guardimesh/kit'
import type { SignatureServerConfig } from './config.js'
import { openContext } from './context.js'

/** Runs the server and the imports until the signal is aborted. */
export async function runSignatureServer({ config, log, signal, resources }: ProcessContext<SignatureServerConfig>): Promise<void> {
  const { imports } = resources.use(await openContext(config, log))
  await imports.run(signal)
}
