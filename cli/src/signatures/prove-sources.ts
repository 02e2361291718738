import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { errorCodeOf } from '@guardimesh/kit'
import { CONTAINER_HEADER_BYTES, engineErrorText, readContainerHeader, runEngine, SIGTOOL_LIMITS } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureSource } from './collect-signatures.js'
import { readStepHeader } from './read-step.js'

/** Whether ClamAV's own program could look at the digital signatures. */
export type Proof = 'with-sigtool' | 'without-sigtool'

/**
 * Proves what is going to be packed as far as this machine can: a damaged file is better found before it is carried.
 *
 * @throws CommandError naming the file that does not hold.
 */
export async function verifySources(files: readonly SignatureSource[], report: Report): Promise<Proof> {
  let proof: Proof = 'with-sigtool'
  for (const file of files) {
    report(`check ${file.path}`)
    if (file.name.form === 'step') await verifyDelta(file, file.name.number)
    if (file.name.form !== 'container') continue
    await verifyMd5(file)
    if (proof === 'with-sigtool') proof = await verifyWithSigtool(file)
  }
  return proof
}

async function verifyDelta({ source }: SignatureSource, number: number): Promise<void> {
  const header = await readStepHeader(source)
  if (!header) throw new CommandError(`${source} does not begin like a .cdiff of ClamAV: fetch it again.`)
  if (header.version !== number) throw new CommandError(`${source} leads to version ${header.version}: its name is wrong. Fetch it again.`)
  if (!header.isWhole) throw new CommandError(`${source} ends early: fetch it again.`)
}

/** The header of a .cld is still that of the .cvd it was made of, so only sigtool can tell. */
async function verifyMd5({ source }: SignatureSource): Promise<void> {
  if (source.endsWith('.cld')) return
  const header = await readContainerHeader(source)
  const hash = createHash('md5')
  for await (const chunk of createReadStream(source, { start: CONTAINER_HEADER_BYTES })) hash.update(chunk)
  if (hash.digest('hex') !== header?.md5)
    throw new CommandError(`${source} is damaged: its content does not have the MD5 of its header. Fetch it again.`)
}

async function verifyWithSigtool({ source }: SignatureSource): Promise<Proof> {
  const run = { program: 'sigtool', args: [`--info=${source}`], ...SIGTOOL_LIMITS }
  try {
    const { exitCode, output } = await runEngine(run, new AbortController().signal)
    if (exitCode === 0 && /^Verification( OK\.|: Unsigned container)$/m.test(output)) return 'with-sigtool'
    throw new CommandError(`${source} does not carry a valid signature of ClamAV's authors (${engineErrorText(output)}): fetch it again.`)
  } catch (error) {
    if (errorCodeOf(error) === 'ENGINE_UNAVAILABLE') return 'without-sigtool'
    throw error
  }
}
