import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sightingList } from '../../api/queries/signatures.js'
import { paths } from '../../path-builder.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { formatCount } from '../../ui/format-number.js'
import { isMd5 } from '../../ui/is-md5.js'
import { Mono } from '../../ui/Mono.js'
import { Notice } from '../../ui/Notice.js'
import { sightingColumns } from './sighting-columns.js'

interface SightingsProps {
  /** SHA-256 or MD5. */
  hash: string
  /** Maximum number shown, with a link to all. Shows all if omitted. */
  shownMax?: number
}

/** Sightings of a file, oldest first. */
export function Sightings({ hash, shownMax }: SightingsProps) {
  const { t } = useTranslation()
  const sightings = useQuery(sightingList(hash))
  return (
    <QueryState query={sightings}>
      {({ items, total }) => {
        if (items.length === 0) {
          return (
            <Notice role="status" icon={<IconEyeOff size={28} aria-hidden />} title={t('sightings.empty.title')}>
              <p>{t(isMd5(hash) ? 'sightings.empty.md5' : 'sightings.empty.text')}</p>
            </Notice>
          )
        }
        const shown = items.slice(0, shownMax)
        const counts = { shown: formatCount(shown.length), total: formatCount(total) }
        return (
          <>
            <DataTable
              label={t('sightings.table')}
              columns={sightingColumns}
              rows={shown}
              rowKey={(seen) => `${seen.clusterId}/${seen.nodeName}/${seen.containerId}/${seen.path}/${seen.sha256}`}
            />
            <p>
              {shown.length < total ? t('sightings.some', { ...counts, count: total }) : t('sightings.all', { ...counts, count: total })}{' '}
              {shown.length < items.length ? <Link to={paths.sightings(hash)}>{t('sightings.showAll')}</Link> : null}
            </p>
            {isMd5(hash) ? <ContentHashes sha256s={[...new Set(items.map(({ sha256 }) => sha256))]} /> : null}
          </>
        )
      }}
    </QueryState>
  )
}

/** SHA-256 of each file with the MD5. More than one means an MD5 collision. */
function ContentHashes({ sha256s }: { sha256s: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('sightings.contents')}</p>
      <ul>
        {sha256s.map((sha256) => (
          <li key={sha256}>
            <Link to={paths.sightings(sha256)}>
              <Mono text={sha256} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
