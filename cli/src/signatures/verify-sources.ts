import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { errorCodeOf } from '@guardimesh/kit'
import { CONTAINER_HEADER_BYTES, engineErrorText, readContainerHeader, runEngine, SIGTOOL_LIMITS } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureSource } from './collect-signatures.js'
import { readDeltaHeader } from './read-delta-header.js'

/** Whether sigtool was available to verify the digital signatures. */
export type SourceVerification = 'with-sigtool' | 'without-sigtool'

/**
 * Verifies the files to pack as far as possible on this machine, so that damaged files are found before transport.
 *
 * @throws CommandError with the invalid file.
 */
export async function verifySources(files: readonly SignatureSource[], report: Report): Promise<SourceVerification> {
  let verification: SourceVerification = 'with-sigtool'
  for (const file of files) {
    report(`verifying ${file.path}`)
    if (file.name.form === 'delta') await verifyDelta(file, file.name.version)
    if (file.name.form !== 'container') continue
    await verifyMd5(file)
    if (verification === 'with-sigtool') verification = await verifyWithSigtool(file)
  }
  return verification
}

async function verifyDelta({ source }: SignatureSource, version: number): Promise<void> {
  const header = await readDeltaHeader(source)
  if (!header) throw new CommandError(`${source} is not a valid .cdiff of ClamAV. Download it again.`)
  if (header.version !== version)
    throw new CommandError(`${source} is a delta to version ${header.version}, which does not match its name. Download it again.`)
  if (!header.isComplete) throw new CommandError(`${source} is truncated. Download it again.`)
}

/** Skips .cld files: their header still has the MD5 of the original .cvd, so only sigtool can verify them. */
async function verifyMd5({ source }: SignatureSource): Promise<void> {
  if (source.endsWith('.cld')) return
  const header = await readContainerHeader(source)
  const hash = createHash('md5')
  for await (const chunk of createReadStream(source, { start: CONTAINER_HEADER_BYTES })) hash.update(chunk)
  if (hash.digest('hex') !== header?.md5)
    throw new CommandError(`${source} is damaged: its content does not match the MD5 in its header. Download it again.`)
}

async function verifyWithSigtool({ source }: SignatureSource): Promise<SourceVerification> {
  const run = { program: 'sigtool', args: [`--info=${source}`], ...SIGTOOL_LIMITS }
  try {
    const { exitCode, output } = await runEngine(run, new AbortController().signal)
    if (exitCode === 0 && /^Verification( OK\.|: Unsigned container)$/m.test(output)) return 'with-sigtool'
    throw new CommandError(`${source} has no valid signature of ClamAV's authors (${engineErrorText(output)}). Download it again.`)
  } catch (error) {
    if (errorCodeOf(error) === 'ENGINE_UNAVAILABLE') return 'without-sigtool'
    throw error
  }
}
