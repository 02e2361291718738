import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sightingList } from '../../api/queries/signatures.js'
import { paths } from '../../path-builder.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { formatCount } from '../../ui/format-number.js'
import { Notice } from '../../ui/Notice.js'
import { sightingColumns } from './sighting-columns.js'

interface SightingsProps {
  sha256: string
  /** So many at most, with a link to all; all when left out. */
  shownMax?: number
}

/** Where a content was seen, oldest first. */
export function Sightings({ sha256, shownMax }: SightingsProps) {
  const { t } = useTranslation()
  const sightings = useQuery(sightingList(sha256))
  return (
    <QueryState query={sightings}>
      {({ items, total }) => {
        if (items.length === 0) {
          return (
            <Notice role="status" icon={<IconEyeOff size={28} aria-hidden />} title={t('sightings.empty.title')}>
              <p>{t('sightings.empty.text')}</p>
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
              rowKey={(seen) => `${seen.clusterId}/${seen.nodeName}/${seen.containerId}/${seen.path}/${seen.scanSource}`}
            />
            <p>
              {shown.length < total ? t('sightings.some', words) : t('sightings.all', { ...words, count: total })}{' '}
              {shown.length < items.length ? <Link to={paths.sightings(sha256)}>{t('sightings.showAll')}</Link> : null}
            </p>
          </>
        )
      }}
    </QueryState>
  )
}
