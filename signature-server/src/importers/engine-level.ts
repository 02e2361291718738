import { GuardError } from '@guardimesh/kit'
import { runEngine, SIGTOOL_LIMITS } from '@guardimesh/signature-format'

/** Returns the functionality level of this ClamAV, which sigtool prints as the default of an option. @throws GuardError ENGINE_ERROR */
export async function engineLevel(signal: AbortSignal): Promise<number> {
  const { output } = await runEngine({ program: 'sigtool', args: ['--help'], ...SIGTOOL_LIMITS }, signal)
  const [, level] = /--flevel=FLEVEL[^\n]*\n\s*Default: (\d+)/.exec(output) ?? []
  if (level === undefined) throw new GuardError('ENGINE_ERROR', 'failed to read the functionality level from the output of sigtool')
  return Number(level)
}
