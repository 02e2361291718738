import type { CustomSignatures, HashDryRunResult } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { type Column, DataTable } from '../../../table/DataTable.js'
import { Callout } from '../../../ui/Callout.js'
import { formatCount } from '../../../ui/format-number.js'
import { isMd5 } from '../../../ui/is-md5.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'

interface DryRunResultProps {
  result: HashDryRunResult
  /** Hashes of the draft, for their names. */
  hashes: CustomSignatures['hashes']
}

type Match = HashDryRunResult['matches'][number]

function buildMatchColumns(hashes: CustomSignatures['hashes']): readonly Column<Match>[] {
  const nameOf = (hash: string) => hashes.find((entry) => entry.hash === hash)?.name ?? ''
  return [
    { header: 'signature', width: '24%', cell: ({ hash }) => nameOf(hash) },
    {
      header: 'hash',
      cell: ({ hash }) => (
        <Link to={paths.sightings(hash)}>
          <Mono text={hash} />
        </Link>
      ),
    },
    { header: 'sightings', isNumber: true, width: '110px', cell: ({ sightings }) => formatCount(sightings) },
    { header: 'firstSeen', width: '110px', cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} /> },
  ]
}

/** Sightings that match the new hashes. */
export function DryRunResult({ result: { matches }, hashes }: DryRunResultProps) {
  const { t } = useTranslation()
  const md5Note = hashes.some(({ hash }) => isMd5(hash)) ? <p>{t('signatures.dryRun.md5')}</p> : null
  if (matches.length === 0) {
    return (
      <Callout role="status" tone="calm" title={t('signatures.dryRun.none')}>
        <p>{t('signatures.dryRun.noneText')}</p>
        {md5Note}
      </Callout>
    )
  }
  return (
    <>
      <Callout role="status" tone="warn" title={t('signatures.dryRun.some', { count: matches.length, shown: formatCount(matches.length) })}>
        <p>{t('signatures.dryRun.someText')}</p>
        {md5Note}
      </Callout>
      <DataTable label={t('signatures.dryRun.table')} rows={matches} rowKey={({ hash }) => hash} columns={buildMatchColumns(hashes)} />
    </>
  )
}
