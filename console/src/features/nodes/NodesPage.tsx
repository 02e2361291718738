import type { NodeView } from '@guardimesh/contracts'
import { Switch } from '@mantine/core'
import { IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nodeList } from '../../api/queries/inventory.js'
import { signaturesQuery } from '../../api/queries/signatures.js'
import { DataTable } from '../../table/DataTable.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { QueryState } from '../../table/QueryState.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { isOutdated } from './is-outdated.js'
import { buildNodeColumns } from './node-columns.js'

/** `generation`: nodes that have loaded it; `outdated`: nodes that have not loaded the active one. */
const readNodeFilters = readNamed(['generation', 'outdated'])

export function NodesPage() {
  const { t } = useTranslation()
  const nodes = useQuery(nodeList)
  // Only used to mark outdated nodes: if it fails, nodes are shown without the mark.
  const { data: signatures } = useQuery(signaturesQuery)
  const activeGeneration = signatures?.server?.activeGeneration ?? ''
  const { filters, change } = useAddressFilters(readNodeFilters)
  return (
    <PageFrame title={t('nodes.title')} lead={t('nodes.lead')}>
      {activeGeneration !== '' || filters.generation ? (
        <NamedFilterBar names={[]} pillNames={['generation']} filters={filters} onChange={change}>
          <Switch
            size="xs"
            label={t('nodes.onlyOutdated')}
            checked={filters.outdated === 'true'}
            onChange={(event) => change({ outdated: event.currentTarget.checked ? 'true' : undefined })}
          />
        </NamedFilterBar>
      ) : null}
      <QueryState query={nodes}>{({ items }) => <Nodes nodes={items} filters={filters} activeGeneration={activeGeneration} />}</QueryState>
    </PageFrame>
  )
}

interface NodesProps {
  nodes: readonly NodeView[]
  filters: ReturnType<typeof readNodeFilters>
  activeGeneration: string
}

function Nodes({ nodes, filters, activeGeneration }: NodesProps) {
  const { t } = useTranslation()
  const passes = (node: NodeView) =>
    (filters.generation === undefined || node.signatureGeneration === filters.generation) &&
    (filters.outdated !== 'true' || activeGeneration === '' || isOutdated(node, activeGeneration))
  const shown = nodes.filter(passes)
  const empty =
    nodes.length === 0
      ? (['nodes.empty.title', 'nodes.empty.text'] as const)
      : (['nodes.empty.filteredTitle', 'nodes.empty.filtered'] as const)
  if (shown.length === 0) {
    return (
      <Notice role="status" icon={<IconServerOff size={28} aria-hidden />} title={t(empty[0])}>
        <p>{t(empty[1])}</p>
      </Notice>
    )
  }
  return (
    <DataTable
      label={t('nodes.title')}
      columns={buildNodeColumns(activeGeneration)}
      rows={shown}
      rowKey={(node) => `${node.clusterId}/${node.nodeName}`}
    />
  )
}
