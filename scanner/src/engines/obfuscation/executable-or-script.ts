/** Bytes at a file's start that tell its kind. */
export const HEAD_BYTES = 512

const MAGICS: readonly Buffer[] = [
  Buffer.from('\x7fELF', 'latin1'),
  Buffer.from('MZ'),
  // Mach-O, 32 and 64 bit in both byte orders, and universal.
  Buffer.from('feedface', 'hex'),
  Buffer.from('feedfacf', 'hex'),
  Buffer.from('cefaedfe', 'hex'),
  Buffer.from('cffaedfe', 'hex'),
  Buffer.from('cafebabe', 'hex'),
  Buffer.from('#!'),
]

/** Script languages by the end of the file's name: their files need no "#!". */
const SCRIPT_NAME = /\.(php[3-8s]?|phtml|phar|jspx?|aspx?|m?js|cjs|py|pl|rb|sh|bash|ps1|lua|vbs|bat|cmd)$/i
/** Script languages by their first tag, wherever the file is called what it likes. */
const SCRIPT_TAG = /<\?php|<\?=|<%@|<script[\s>]/i

/**
 * Tells whether the obfuscation rules have anything to say about a file: executables (ELF, PE, Mach-O) by their first bytes, scripts by "#!",
 * by their name or by an opening tag. All else (archives, images, data) is left to ClamAV. Pure.
 *
 * @param head the file's first bytes, up to HEAD_BYTES.
 * @param fileName the last part of its path.
 */
export function isExecutableOrScript(head: Buffer, fileName: string): boolean {
  if (head.length === 0) return false
  if (MAGICS.some((magic) => head.subarray(0, magic.length).equals(magic))) return true
  return SCRIPT_NAME.test(fileName) || SCRIPT_TAG.test(head.toString('latin1'))
}
