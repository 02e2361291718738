/** The EICAR test file in parts, so that scanners do not detect this file. */
const PARTS = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'] as const

/** Returns the 68 bytes of the harmless file that every antivirus engine detects. */
export function eicarBytes(): Buffer {
  return Buffer.from(PARTS.join(''), 'latin1')
}

/**
 * Builds an argument for `sh -c` that writes the file, and does not itself contain it.
 *
 * @param path target path in the container.
 * @param whiteSpace to append, which the EICAR specification allows.
 */
export function eicarShellCommand(path: string, whiteSpace = ''): string {
  const words = whiteSpace === '' ? PARTS : [...PARTS, whiteSpace]
  return `printf '%s' ${words.map(shellQuoted).join(' ')} > ${shellQuoted(path)}`
}

/** Quotes a word for a POSIX shell. Pure. */
function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
