import type { SignatureDatabase, SignatureGeneration, SignaturesView } from '@guardimesh/contracts'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { NodesLink } from './NodesLink.js'
import { nodesWith, sumUp } from './signature-rules.js'

/** "daily.cvd 27816" of each database; the folder says nothing here. */
function Databases({ generation: { databases } }: { generation: SignatureGeneration }) {
  const names = databases.map(({ path, version }) => `${path.split('/').at(-1)}${version === null ? '' : ` ${version}`}`)
  return names.join(' · ')
}

/** Columns of earlier generations; `view` says how many nodes still have each. */
export function buildGenerationColumns(view: SignaturesView): readonly Column<SignatureGeneration>[] {
  return [
    { header: 'generation', width: '18%', cell: ({ generation }) => <Mono text={generation} /> },
    { header: 'published', width: '110px', cell: ({ publishedAt }) => <RelativeTime at={publishedAt} /> },
    { header: 'databases', cell: (generation) => <Databases generation={generation} /> },
    { header: 'signatures', isNumber: true, width: '12%', cell: ({ databases }) => signaturesText(databases) },
    { header: 'size', isNumber: true, width: '10%', cell: ({ databases }) => formatBytes(sumUp(databases).sizeBytes) },
    {
      header: 'loadedBy',
      width: '110px',
      cell: ({ generation }) => <NodesLink generation={generation} nodes={nodesWith(view, generation)} />,
    },
  ]
}

function signaturesText(databases: readonly SignatureDatabase[]): string {
  const { signatures } = sumUp(databases)
  return signatures === undefined ? '–' : formatCount(signatures)
}
