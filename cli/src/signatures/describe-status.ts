import { basename } from 'node:path'
import type { NodeSignatures, SignatureGeneration, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { formatBytes } from '../terminal/format.js'
import type { SignatureFacts } from './signature-client.js'

const IMPORTS_SHOWN = 10
/** Maximum number of nodes in the text output; `--json` has all. */
const NODES_SHOWN = 50

/** Describes the active generation, the rollout, the imports and the nodes. Pure. */
export function describeStatus({ server, nodes }: SignatureFacts): string[] {
  const active = server.generations.find(({ generation }) => generation === server.activeGeneration)
  return [
    ...describeOffer(server),
    ...(active ? ['', `Databases of ${active.generation}:`, ...active.databases.map(describeDatabase)] : []),
    // With the full profile the databases above are the sources.
    ...section('Sources', server.settings.profile === 'full' ? [] : server.sources.map(describeDatabase)),
    ...section('Generations, newest first', server.generations.map(describeGeneration)),
    ...section('Imports, newest first', server.imports.slice(0, IMPORTS_SHOWN).flatMap(describeImport)),
    ...section('Nodes', shortened(nodes?.map(describeNode) ?? server.nodes.map(describeClient))),
  ]
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
    ['Active', activeGeneration === '' ? 'none yet' : `${activeGeneration}${settings.pinned ? ' (pinned)' : ''}`],
    ...(headGeneration === '' || headGeneration === activeGeneration ? [] : [['Head', headGeneration]]),
    ...(rollOut ? [['Rollout', describeRollOut(rollOut)]] : []),
    ['Profile', settings.profile],
    ['Trusted keys', trustedKeys.join(', ') || 'none: signature bundles are rejected'],
    ['Unsigned', acceptsUnsigned ? 'files without a signature are accepted' : 'only in signed bundles'],
  ]
  return facts.map(([name = '', text]) => `${name.padEnd(13)} ${text}`)
}

function describeRollOut({ generation, state, nodes, reason }: NonNullable<SignatureServerStatus['rollOut']>): string {
  const where = `on ${nodes.join(', ') || 'no node'}`
  return state === 'held' ? `${generation} is held ${where}: ${reason}` : `${generation} is running ${where}`
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

function describeImport({
  startedAt,
  state,
  importedBy,
  generation,
  check,
  message,
  progress,
  notices,
  ...entry
}: SignatureImport): string[] {
  const files = [...entry.files, ...entry.removed.map((path) => `removed ${path}`)]
  const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
  const outcome =
    state === 'published' ? `published as ${generation}` : [check, message || progress].filter((text) => text !== '').join(': ')
  const line = `  ${startedAt} ${state}: ${files.slice(0, 3).join(', ')}${more}${importedBy === '' ? '' : ` by ${importedBy}`}; ${outcome}`
  return [line, ...notices.map((notice) => `    ${notice}`)]
}

function describeNode({ nodeName, state, generation, refusedGeneration, refusal, freshness }: NodeSignatures): string {
  const facts = [state === 'silent' ? 'silent' : '', freshness.state === 'fresh' ? '' : freshness.state].filter((fact) => fact !== '')
  const rejected = refusedGeneration === '' ? '' : `; rejected ${refusedGeneration}: ${refusal}`
  return `  ${nodeName}: ${generation || 'none yet'}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}${rejected}`
}

/** Describes a node by its last request to the signature server. */
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
