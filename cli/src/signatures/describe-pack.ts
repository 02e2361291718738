import { basename } from 'node:path'
import { formatCount } from '@guardimesh/kit'
import { formatBytes } from '../terminal/format.js'
import type { SignatureSource } from './collect-signatures.js'
import type { Packed } from './pack-signatures.js'
import { type Stepped, sizeOf } from './plan-bundle.js'

const NAMES_SHOWN = 10

/** What was packed and what was saved, for a person. Pure. */
export function describePack({ plan, strays, proof, signer, written }: Packed): string {
  const lines = written
    ? [...written.volumes, `${formatCount(plan.files.length, 'file')}, ${formatBytes(sizeOf(plan.files))}, signed by ${signer}`]
    : ['The other side has all of this: nothing was packed.']
  const packed = plan.files.filter(({ name }) => name.form === 'container' || name.form === 'loose')
  lines.push(...packed.map((file) => `  ${versioned(file)}, ${formatBytes(file.sizeBytes)}`), ...plan.stepped.map(describeSteps))
  if (plan.known.length > 0)
    lines.push(`left out, as the other side has it: ${names(plan.known.map(versioned))}; ${formatBytes(sizeOf(plan.known))} saved`)
  if (plan.useless.length > 0)
    lines.push(`left out, as nothing packed needs it: ${names(plan.useless.map(({ source }) => basename(source)))}`)
  if (strays.length > 0) lines.push(`left out, as it is no signature file: ${names(strays.map((path) => basename(path)))}`)
  if (proof === 'without-sigtool' && packed.some(({ name }) => name.form === 'container'))
    lines.push(
      "There is no sigtool here (Debian package clamav): header and MD5 of the databases were checked, the signature of ClamAV's authors was not. The signature server checks it.",
    )
  return `${lines.join('\n')}\n`
}

function describeSteps({ container, fromVersion, steps }: Stepped): string {
  const saved = container.sizeBytes - sizeOf(steps)
  return `  ${versioned(container)} as ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} from ${fromVersion}, ${formatBytes(sizeOf(steps))}; ${formatBytes(saved)} saved`
}

function versioned({ path, version }: SignatureSource): string {
  return version === undefined ? basename(path) : `${basename(path)} ${version}`
}

function names(all: readonly string[]): string {
  return all.length > NAMES_SHOWN ? `${all.slice(0, NAMES_SHOWN).join(', ')} and ${all.length - NAMES_SHOWN} more` : all.join(', ')
}
