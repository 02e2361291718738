import { IMAGE_STATES } from '@guardimesh/contracts'
import { Switch } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { imageLayerProgress, imageList } from '../../api/queries/image-layers.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { QueryState } from '../../table/QueryState.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { imageColumns } from './image-columns.js'
import { LayerProgress } from './LayerProgress.js'

const NAMES = ['search', 'cluster'] as const
const readImageFilters = readNamed(['state', 'findings', ...NAMES])

/** Images of running containers, and the progress of scanning their layers. */
export function ImagesPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readImageFilters)
  const progress = useQuery(imageLayerProgress)
  const state = IMAGE_STATES.find((name) => name === filters.state)
  const findings = filters.findings === 'true' ? 'true' : undefined
  const images = useInfiniteQuery(imageList({ ...filters, state, findings }))
  return (
    <PageFrame title={t('images.title')} lead={t('images.lead')}>
      <QueryState query={progress}>{(data) => <LayerProgress progress={data} />}</QueryState>
      <NamedFilterBar names={['search']} pillNames={NAMES} filters={filters} onChange={change}>
        <Switch
          size="xs"
          label={t('images.onlyPending')}
          checked={state === 'pending'}
          onChange={(event) => change({ state: event.currentTarget.checked ? 'pending' : undefined })}
        />
        <Switch
          size="xs"
          label={t('images.onlyFindings')}
          checked={findings === 'true'}
          onChange={(event) => change({ findings: event.currentTarget.checked ? 'true' : undefined })}
        />
      </NamedFilterBar>
      <PagedTable
        label={t('images.title')}
        columns={imageColumns}
        rowKey={(image) => `${image.clusterId}/${image.image}`}
        query={images}
        empty={
          <Notice role="status" icon={<IconStack2 size={28} aria-hidden />} title={t('images.empty.title')}>
            <p>{t('images.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
