import { IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nodeList } from '../../api/queries/inventory.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { nodeColumns } from './node-columns.js'

export function NodesPage() {
  const { t } = useTranslation()
  const nodes = useQuery(nodeList)
  return (
    <PageFrame title={t('nodes.title')} lead={t('nodes.lead')}>
      <QueryState query={nodes}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice role="status" icon={<IconServerOff size={28} aria-hidden />} title={t('nodes.empty.title')}>
              <p>{t('nodes.empty.text')}</p>
            </Notice>
          ) : (
            <DataTable
              label={t('nodes.title')}
              columns={nodeColumns}
              rows={items}
              rowKey={(node) => `${node.clusterId}/${node.nodeName}`}
            />
          )
        }
      </QueryState>
    </PageFrame>
  )
}
