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
  /** SHA-256 or MD5 of the content. */
  hash: string
  /** So many at most, with a link to all; all when left out. */
  shownMax?: number
}

/** Where a content was seen, oldest first. */
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
        const words = { shown: formatCount(shown.length), total: formatCount(total) }
        return (
          <>
            <DataTable
              label={t('sightings.table')}
              columns={sightingColumns}
              rows={shown}
              rowKey={(seen) => `${seen.clusterId}/${seen.nodeName}/${seen.containerId}/${seen.path}/${seen.sha256}`}
            />
            <p>
              {shown.length < total ? t('sightings.some', words) : t('sightings.all', { ...words, count: total })}{' '}
              {shown.length < items.length ? <Link to={paths.sightings(hash)}>{t('sightings.showAll')}</Link> : null}
            </p>
            {isMd5(hash) ? <Contents sha256s={[...new Set(items.map(({ sha256 }) => sha256))]} /> : null}
          </>
        )
      }}
    </QueryState>
  )
}

/** What an MD5 stands for: one content, unless somebody made a second one with it. */
function Contents({ sha256s }: { sha256s: readonly string[] }) {
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
