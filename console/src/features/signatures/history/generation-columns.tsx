import type { SignatureDatabase, SignatureGeneration, SignatureServerStatus } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/DataTable.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { NodesLink } from '../NodesLink.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { countNodesWith, fileNameOf, sumDatabases } from '../signature-rules.js'
import classes from '../signatures.module.css'

interface GenerationColumnsOptions extends ServerProps {
  /** Why rollback is disabled; undefined if it is enabled. */
  rollBackReason: string | undefined
  onRollBack: (target: SignatureGeneration) => void
}

function NameCell({ generation, server }: { generation: string; server: SignatureServerStatus }) {
  return (
    <span className={classes.inline}>
      <Mono text={generation} />
      <GenerationState generation={generation} server={server} />
    </span>
  )
}

/** State of a generation; renders nothing for a retired one. */
function GenerationState({ generation, server: { activeGeneration, headGeneration, rollOut, settings } }: Parameters<typeof NameCell>[0]) {
  const { t } = useTranslation()
  if (generation === activeGeneration) {
    return (
      <>
        <StateBadge tone="good" text={t('signatures.generations.active')} />
        {settings.pinned ? <StateBadge tone="busy" text={t('signatures.pinned')} /> : null}
      </>
    )
  }
  if (generation === rollOut?.generation)
    return <StateBadge tone={rollOut.state === 'held' ? 'bad' : 'busy'} text={t(`signatures.rollOut.state.${rollOut.state}`)} />
  return generation === headGeneration ? <StateBadge tone="quiet" text={t('signatures.generations.next')} /> : null
}

/** File name and version of each database: "daily.cvd 27816". */
function Databases({ generation: { databases } }: { generation: SignatureGeneration }) {
  const names = databases.map(({ path, version }) => `${fileNameOf(path)}${version === null ? '' : ` ${version}`}`)
  return <div className={classes.databases}>{names.join(' · ')}</div>
}

interface RollBackCellProps extends GenerationColumnsOptions {
  row: SignatureGeneration
}

function RollBackCell({ row, server, rollBackReason, onRollBack }: RollBackCellProps) {
  const { t } = useTranslation()
  if (row.generation === server.activeGeneration) return '–'
  const isNewer = row.generation > server.activeGeneration
  return (
    <ActionButton
      size="compact-sm"
      variant="default"
      disabledReason={rollBackReason}
      aria-label={t(isNewer ? 'signatures.rollBack.activateLabel' : 'signatures.rollBack.openLabel', { generation: row.generation })}
      onClick={() => onRollBack(row)}
    >
      {t(isNewer ? 'signatures.rollBack.activate' : 'signatures.rollBack.open')}
    </ActionButton>
  )
}

/** Columns of the kept generations; `view` has the number of nodes per generation. */
export function buildGenerationColumns(options: GenerationColumnsOptions): readonly Column<SignatureGeneration>[] {
  const { view, server } = options
  return [
    { header: 'generation', width: '16%', cell: ({ generation }) => <NameCell generation={generation} server={server} /> },
    { header: 'published', cell: ({ publishedAt }) => <RelativeTime at={publishedAt} /> },
    { header: 'databases', width: '26%', cell: (generation) => <Databases generation={generation} /> },
    { header: 'signatures', isNumber: true, cell: ({ databases }) => signaturesText(databases) },
    { header: 'size', isNumber: true, cell: ({ databases }) => formatBytes(sumDatabases(databases).sizeBytes) },
    {
      header: 'memory',
      isNumber: true,
      cell: ({ memoryBytes }) => (memoryBytes === null ? '–' : formatBytes(memoryBytes)),
    },
    {
      header: 'loadedBy',
      cell: ({ generation }) => <NodesLink generation={generation} nodes={countNodesWith(view, generation)} />,
    },
    { header: 'actions', cell: (row) => <RollBackCell row={row} {...options} /> },
  ]
}

function signaturesText(databases: readonly SignatureDatabase[]): string {
  const { signatures } = sumDatabases(databases)
  return signatures === undefined ? '–' : formatCount(signatures)
}
