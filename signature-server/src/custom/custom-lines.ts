import type { CustomHash, CustomSignatures } from '@guardimesh/contracts'

/** Minimum functionality level for "*" as a size. */
const ANY_SIZE_LEVEL = 73

/** Converts custom signatures to ClamAV databases: content by file extension, without empty ones. Pure. */
export function customDatabases({
  ignoredSignatures,
  ignoredFiles,
  hashes,
}: CustomSignatures): Map<'ign2' | 'sfp' | 'hsb' | 'hdb', string> {
  const lines = {
    ign2: [...new Set(ignoredSignatures.map(({ name }) => nameInDatabase(name)))].map((name) => `${name}\n`),
    sfp: ignoredFiles.map(({ sha256, sizeBytes }, n) => hashLine(sha256, sizeBytes, `guardimesh-custom-${n + 1}`)),
    hsb: hashes.filter(({ hash }) => hash.length === 64).map(toLine),
    hdb: hashes.filter(({ hash }) => hash.length === 32).map(toLine),
  }
  const endings = ['ign2', 'sfp', 'hsb', 'hdb'] as const
  return new Map(endings.filter((ending) => lines[ending].length > 0).map((ending) => [ending, lines[ending].join('')]))
}

/** ClamAV ignores signatures by their database name; findings have it with "YARA." before or ".UNOFFICIAL" after it. */
function nameInDatabase(name: string): string {
  return name.replace(/^YARA\./, '').replace(/\.UNOFFICIAL$/, '')
}

function toLine({ hash, sizeBytes, name }: CustomHash): string {
  return hashLine(hash, sizeBytes, name)
}

function hashLine(hash: string, sizeBytes: number | null, name: string): string {
  return sizeBytes === null ? `${hash}:*:${name}:${ANY_SIZE_LEVEL}\n` : `${hash}:${sizeBytes}:${name}\n`
}
