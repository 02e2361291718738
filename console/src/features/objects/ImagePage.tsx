import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { imageList } from '../../api/queries/image-layers.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { exactly } from '../../table/text-terms.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Section } from '../../ui/Section.js'
import { imageColumns } from '../images/image-columns.js'
import { imageSteps } from './kubectl.js'
import { LatestCoverage, LatestFindings } from './LatestLists.js'
import { ObjectNotFound } from './ObjectNotFound.js'
import { WhatToDo } from './WhatToDo.js'

/** Maximum length of `search` in the API. */
const SEARCH_MAX_LENGTH = 200

/** An image, by its reference, in all clusters that use it. */
export function ImagePage() {
  const { t } = useTranslation()
  const { image = '' } = useParams()
  const search = image.slice(0, SEARCH_MAX_LENGTH)
  const images = useInfiniteQuery(imageList({ search }))
  return (
    <PageFrame title={image} lead={t('objects.image')}>
      <QueryState query={images}>
        {({ pages }) => {
          const found = pages[0]?.items.filter((one) => one.image === image) ?? []
          if (found.length === 0) return <ObjectNotFound />
          return (
            <Section title={t('objects.clusters')}>
              <DataTable label={t('objects.clusters')} columns={imageColumns} rows={found} rowKey={({ clusterId }) => clusterId} />
            </Section>
          )
        }}
      </QueryState>
      <WhatToDo steps={imageSteps(image)} />
      <LatestFindings address={{ image: exactly(image) }} />
      <LatestCoverage filters={{ search }} />
    </PageFrame>
  )
}
