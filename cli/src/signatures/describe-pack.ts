import { basename } from 'node:path'
import { formatCount } from '@guardimesh/kit'
import { formatBytes } from '../terminal/format.js'
import type { SignatureSource } from './collect-signatures.js'
import type { PackResult } from './pack-signatures.js'
import { type DeltaChain, sizeOf } from './plan-bundle.js'

const NAMES_SHOWN = 10

/** Describes the packed and skipped files. Pure. */
export function describePack({ plan, ignored, verification, signer, written }: PackResult): string[] {
  const lines = written
    ? [...written.volumes, `${formatCount(plan.files.length, 'file')}, ${formatBytes(sizeOf(plan.files))}, signed by ${signer}`]
    : ['Nothing to pack: the destination has all files.']
  const packed = plan.files.filter(({ name }) => name.form === 'container' || name.form === 'loose')
  lines.push(...packed.map((file) => `  ${versioned(file)}, ${formatBytes(file.sizeBytes)}`), ...plan.viaDeltas.map(describeDeltas))
  if (plan.known.length > 0)
    lines.push(`skipped, present at the destination: ${names(plan.known.map(versioned))}; ${formatBytes(sizeOf(plan.known))} saved`)
  if (plan.unneeded.length > 0) lines.push(`skipped, not needed: ${names(plan.unneeded.map(({ source }) => basename(source)))}`)
  if (ignored.length > 0) lines.push(`skipped, not a signature file: ${names(ignored.map((path) => basename(path)))}`)
  if (verification === 'without-sigtool' && packed.some(({ name }) => name.form === 'container'))
    lines.push(
      "sigtool not found (Debian package clamav): verified header and MD5 of the databases, but not the signature of ClamAV's authors. The signature server verifies it.",
    )
  return lines
}

function describeDeltas({ container, fromVersion, deltas }: DeltaChain): string {
  const saved = container.sizeBytes - sizeOf(deltas)
  return `  ${versioned(container)} as ${formatCount(deltas.length, 'delta')} from ${fromVersion}, ${formatBytes(sizeOf(deltas))}; ${formatBytes(saved)} saved`
}

function versioned({ path, version }: SignatureSource): string {
  return version === undefined ? basename(path) : `${basename(path)} ${version}`
}

function names(all: readonly string[]): string {
  return all.length > NAMES_SHOWN ? `${all.slice(0, NAMES_SHOWN).join(', ')} and ${all.length - NAMES_SHOWN} more` : all.join(', ')
}
