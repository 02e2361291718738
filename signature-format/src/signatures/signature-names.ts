/** Folders of a generation: databases that ClamAV loads, and rules of the obfuscation scanner. */
export const SIGNATURE_KINDS = ['clamav', 'yara'] as const
export type SignatureKind = (typeof SIGNATURE_KINDS)[number]

/** Name of the database by which a node's clamd shows which generation it has loaded; the node makes it, so nobody else may use the name. */
export const CANARY_FILE = 'guardimesh-generation.hsb'

/** Files of a source or an offer; a manifest holds 200, and one is the node's canary. */
export const MAX_SIGNATURE_FILES = 199

/** As SignatureManifest: what comes first may not be a dot, so nothing hidden and nothing that leads elsewhere. */
const FILE_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/
/** Databases that ClamAV 1.4 reads (libclamav/readdb.h, CLI_DBEXT). */
const CLAMAV_NAME =
  /\.(cvd|cld|cud|cdb|cfg|crb|fp|sfp|ftm|gdb|hdb|hsb|hdu|hsu|idb|ign2?|imp|info|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb|pwdb|wdb|yara?|cat)$/
const YARA_NAME = /\.yara?$/

/** True when a file of this name may be in that folder of a generation. Pure. */
export function isSignatureName(kind: SignatureKind, name: string): boolean {
  const wanted = kind === 'yara' ? YARA_NAME : CLAMAV_NAME
  return FILE_NAME.test(name) && wanted.test(name) && name !== CANARY_FILE
}
