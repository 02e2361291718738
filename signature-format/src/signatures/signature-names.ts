/** Folders of a generation: ClamAV databases, and rules of the obfuscation scanner. */
export const SIGNATURE_KINDS = ['clamav', 'yara'] as const
export type SignatureKind = (typeof SIGNATURE_KINDS)[number]

/** Name of the database that shows which generation clamd has loaded. Reserved, because each node creates it. */
export const CANARY_FILE = 'guardimesh-generation.hsb'

/** Name of the database that matches contents in formats that ClamAV does not open. Reserved, because each node creates it. */
export const FORMATS_FILE = 'guardimesh-formats.ldb'

const RESERVED_NAMES: ReadonlySet<string> = new Set([CANARY_FILE, FORMATS_FILE])

/** Maximum number of files in a generation; a manifest has up to 200, including the node's canary file. */
export const MAX_SIGNATURE_FILES = 199

/** As in SignatureManifest. The first character must not be a dot, which excludes hidden files and "..". */
const FILE_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/
/** Extensions of the databases that ClamAV 1.4 loads (libclamav/readdb.h, CLI_DBEXT). */
const CLAMAV_NAME =
  /\.(cvd|cld|cud|cdb|cfg|crb|fp|sfp|ftm|gdb|hdb|hsb|hdu|hsu|idb|ign2?|imp|info|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb|pwdb|wdb|yara?|cat)$/
const YARA_NAME = /\.yara?$/

/** True for a valid file name in that folder of a generation. Pure. */
export function isSignatureName(kind: SignatureKind, name: string): boolean {
  const wanted = kind === 'yara' ? YARA_NAME : CLAMAV_NAME
  return FILE_NAME.test(name) && wanted.test(name) && !RESERVED_NAMES.has(name)
}
