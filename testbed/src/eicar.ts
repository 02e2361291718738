/** The EICAR test file in parts, so that no file of this project is taken for it. */
const PARTS = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'] as const

/** The 68 bytes of the harmless file that every antivirus engine must find. */
export function eicarBytes(): Buffer {
  return Buffer.from(PARTS.join(''), 'latin1')
}

/**
 * An argument for `sh -c` that writes the file; the command's own text is not the file either.
 *
 * @param path where to, as the container sees it.
 */
export function eicarShellCommand(path: string): string {
  return `printf '%s' ${PARTS.map(shellQuoted).join(' ')} > ${shellQuoted(path)}`
}

/** Quotes a word for a POSIX shell. Pure. */
function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
