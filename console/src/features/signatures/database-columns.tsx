import type { SignatureDatabase, SignatureStaleness } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { CopyButton } from '../../ui/CopyButton.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatDay } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { useNow } from '../../ui/use-now.js'
import { FreshnessBadge } from './FreshnessBadge.js'
import { isRarelyChanged, parseBuiltAt, rateFreshness } from './signature-rules.js'
import classes from './signatures.module.css'

/** Long enough to distinguish files; the button copies the whole hash. */
const HASH_SHOWN_LENGTH = 12

function HashCell({ database: { path, sha256 } }: { database: SignatureDatabase }) {
  const { t } = useTranslation()
  return (
    <span className={classes.hash}>
      <span title={sha256}>
        <Mono text={`${sha256.slice(0, HASH_SHOWN_LENGTH)}…`} />
      </span>
      <CopyButton text={sha256} label={t('signatures.database.copyHash', { path })} />
    </span>
  )
}

/** Build date; the raw text of the database if it is not a valid date. */
export function BuiltCell({ builtAt }: { builtAt: string }) {
  const atMs = parseBuiltAt(builtAt)
  if (atMs === undefined) return builtAt || '–'
  const at = new Date(atMs).toISOString()
  return (
    <>
      {formatDay(at)}
      <SecondLine>
        <RelativeTime at={at} />
      </SecondLine>
    </>
  )
}

const orDash = (count: number | null) => (count === null ? '–' : formatCount(count))

function FreshnessCell({ database: { path, builtAt }, staleness }: { database: SignatureDatabase; staleness: SignatureStaleness }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  if (isRarelyChanged(path)) return <StateBadge tone="quiet" text={t('signatures.freshness.rarely')} />
  return <FreshnessBadge state={rateFreshness(builtAt, staleness, nowMs)} />
}

/** @param staleness age thresholds. */
export function buildDatabaseColumns(staleness: SignatureStaleness): readonly Column<SignatureDatabase>[] {
  return [
    { header: 'database', cell: ({ path }) => <Mono text={path} /> },
    { header: 'freshness', width: '136px', cell: (database) => <FreshnessCell database={database} staleness={staleness} /> },
    { header: 'built', width: '12%', cell: ({ builtAt }) => <BuiltCell builtAt={builtAt} /> },
    { header: 'version', isNumber: true, width: '10%', cell: ({ version }) => version ?? '–' },
    { header: 'signatures', isNumber: true, width: '12%', cell: ({ signatures }) => orDash(signatures) },
    { header: 'size', isNumber: true, width: '10%', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { header: 'sha256', width: '170px', cell: (database) => <HashCell database={database} /> },
  ]
}
