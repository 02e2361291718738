const MAGICS: readonly Buffer[] = [
  Buffer.from('\x7fELF', 'latin1'),
  Buffer.from('MZ'),
  // Mach-O, 32 and 64 bit in both byte orders, and universal.
  Buffer.from('feedface', 'hex'),
  Buffer.from('feedfacf', 'hex'),
  Buffer.from('cefaedfe', 'hex'),
  Buffer.from('cffaedfe', 'hex'),
  Buffer.from('cafebabe', 'hex'),
]

/** Script languages by file extension. */
const SCRIPT_NAME = /\.(php[3-8s]?|phtml|phar|jspx?|aspx?|m?js|cjs|py|pl|rb|sh|bash|ps1|lua|vbs|bat|cmd)$/i
/** Script languages by an opening tag anywhere in the head, regardless of the file name: what precedes a tag is printed, not executed. */
const SCRIPT_TAG = /<\?php|<\?=|<%@|<script[\s>]/i
/** "#!" after a byte order mark and blanks, which many interpreters accept. */
const INTERPRETER = /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*#\0?!/

/**
 * True for the file types that the obfuscation rules cover: executables (ELF, PE, Mach-O) by their first bytes, scripts by "#!", file
 * extension or opening tag. Other files (archives, images, data) are scanned by ClamAV only. Pure.
 *
 * @param head the file's first bytes, see `readHead`.
 * @param fileName the last part of its path.
 */
export function isExecutableOrScript(head: Buffer, fileName: string): boolean {
  if (head.length === 0) return false
  if (MAGICS.some((magic) => head.subarray(0, magic.length).equals(magic))) return true
  if (SCRIPT_NAME.test(fileName)) return true
  const text = head.toString('latin1')
  return INTERPRETER.test(text) || SCRIPT_TAG.test(text)
}
