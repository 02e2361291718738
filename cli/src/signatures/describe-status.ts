import { basename } from 'node:path'
import type { NodeSignatures, SignatureGeneration, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { asLine, formatBytes } from '../terminal/format.js'
import type { SignatureFacts } from './signature-service.js'

const IMPORTS_SHOWN = 10
/** A person looks through so many; `--json` has all. */
const NODES_SHOWN = 50

/** What is live, what is rolled out, what was imported and what nodes have, for a person. Pure. */
export function describeStatus({ server, nodes }: SignatureFacts): string {
  const live = server.generations.find(({ generation }) => generation === server.activeGeneration)
  const lines = [
    ...describeOffer(server),
    ...(live ? ['', `Databases of ${live.generation}:`, ...live.databases.map(describeDatabase)] : []),
    // With the full profile the databases above are what was brought in.
    ...section('Brought in', server.settings.profile === 'full' ? [] : server.sources.map(describeDatabase)),
    ...section('Generations, newest first', server.generations.map(describeGeneration)),
    ...section('Imports, newest first', server.imports.slice(0, IMPORTS_SHOWN).map(describeImport)),
    ...section('Nodes', shortened(nodes?.map(describeNode) ?? server.nodes.map(describeClient))),
  ]
  return `${lines.map(asLine).join('\n')}\n`
}

function describeOffer({
  activeGeneration,
  headGeneration,
  rollOut,
  settings,
  trustedKeys,
  acceptsUnsigned,
}: SignatureServerStatus): string[] {
  const facts = [
    ['Live', activeGeneration === '' ? 'none yet' : `${activeGeneration}${settings.pinned ? ' (pinned)' : ''}`],
    ...(headGeneration === '' || headGeneration === activeGeneration ? [] : [['Newest', headGeneration]]),
    ...(rollOut ? [['Roll-out', describeRollOut(rollOut)]] : []),
    ['Profile', settings.profile],
    ['Trusted keys', trustedKeys.join(', ') || 'none: signature bundles are refused'],
    ['Unsigned', acceptsUnsigned ? 'files without a signature are taken' : 'only in signed bundles'],
  ]
  return facts.map(([name = '', text]) => `${name.padEnd(13)} ${text}`)
}

function describeRollOut({ generation, state, nodes, reason }: NonNullable<SignatureServerStatus['rollOut']>): string {
  const where = `on ${nodes.join(', ') || 'no node'}`
  return state === 'held' ? `${generation} is held ${where}: ${reason}` : `${generation} is being watched ${where}`
}

function describeDatabase({ path, version, builtAt, sizeBytes }: SignatureGeneration['databases'][number]): string {
  const facts = [
    basename(path),
    version === null ? '' : String(version),
    builtAt === '' ? '' : builtAt.slice(0, 10),
    formatBytes(sizeBytes),
  ]
  return `  ${facts.filter((fact) => fact !== '').join('  ')}`
}

function describeGeneration({ generation, publishedAt, isActive, databases }: SignatureGeneration): string {
  return `${isActive ? '* ' : '  '}${generation}, published ${publishedAt}, ${formatCount(databases.length, 'file')}`
}

function describeImport({ startedAt, state, importedBy, generation, check, message, progress, ...entry }: SignatureImport): string {
  const files = [...entry.files, ...entry.removed.map((path) => `without ${path}`)]
  const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
  const outcome = state === 'published' ? `is in ${generation}` : [check, message || progress].filter((text) => text !== '').join(': ')
  return `  ${startedAt} ${state}: ${files.slice(0, 3).join(', ')}${more}${importedBy === '' ? '' : ` by ${importedBy}`}; ${outcome}`
}

function describeNode({ nodeName, state, generation, refusedGeneration, refusal, freshness }: NodeSignatures): string {
  const facts = [state === 'silent' ? 'silent' : '', freshness.state === 'fresh' ? '' : freshness.state].filter((fact) => fact !== '')
  const refused = refusedGeneration === '' ? '' : `; refused ${refusedGeneration}: ${refusal}`
  return `  ${nodeName}: ${generation || 'none yet'}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}${refused}`
}

/** As the signature server knows a node: by what it asked last. */
function describeClient({ name, generation }: SignatureServerStatus['nodes'][number]): string {
  return `  ${name}: ${generation || 'none yet'}`
}

function shortened(lines: readonly string[]): string[] {
  const more = lines.length - NODES_SHOWN
  return more > 0 ? [...lines.slice(0, NODES_SHOWN), `  and ${more} more`] : [...lines]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines]
}
