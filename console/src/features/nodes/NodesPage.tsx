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
import { formatCount } from '../../ui/format-number.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { isOutdated } from './is-outdated.js'
import { buildNodeColumns } from './node-columns.js'
import { findUrgentIssues, sortByIssues } from './node-issues.js'

/**
 * `search`: text in the name; `state`: silent ones; `issues`: those that need attention; `generation`: those that have loaded it; `outdated`:
 * those that have not loaded the active one.
 */
const readNodeFilters = readNamed(['search', 'state', 'issues', 'generation', 'outdated'])
type NodeFilters = ReturnType<typeof readNodeFilters>

export function NodesPage() {
  const { t } = useTranslation()
  const nodes = useQuery(nodeList)
  // Only used to mark outdated nodes: if it fails, nodes are shown without the mark.
  const { data: signatures } = useQuery(signaturesQuery)
  const activeGeneration = signatures?.server?.activeGeneration ?? ''
  const { filters, change } = useAddressFilters(readNodeFilters)
  return (
    <PageFrame title={t('nodes.title')} lead={t('nodes.lead')}>
      <NamedFilterBar names={['search']} pillNames={['search', 'generation']} filters={filters} onChange={change}>
        {SWITCHES.filter(({ name }) => name !== 'outdated' || activeGeneration !== '').map(({ name, value, label }) => (
          <Switch
            key={name}
            size="xs"
            label={t(`nodes.${label}`)}
            checked={filters[name] === value}
            onChange={(event) => change({ [name]: event.currentTarget.checked ? value : undefined })}
          />
        ))}
      </NamedFilterBar>
      <QueryState query={nodes}>{({ items }) => <Nodes nodes={items} filters={filters} activeGeneration={activeGeneration} />}</QueryState>
    </PageFrame>
  )
}

const SWITCHES = [
  { name: 'state', value: 'silent', label: 'onlySilent' },
  { name: 'issues', value: 'true', label: 'onlyIssues' },
  { name: 'outdated', value: 'true', label: 'onlyOutdated' },
] as const

function passes(node: NodeView, filters: NodeFilters, activeGeneration: string): boolean {
  return (
    (filters.search === undefined || node.nodeName.toLowerCase().includes(filters.search.toLowerCase())) &&
    (filters.state === undefined || node.state === filters.state) &&
    (filters.issues !== 'true' || findUrgentIssues(node, activeGeneration).length > 0) &&
    (filters.generation === undefined || node.signatureGeneration === filters.generation) &&
    (filters.outdated !== 'true' || activeGeneration === '' || isOutdated(node, activeGeneration))
  )
}

interface NodesProps {
  nodes: readonly NodeView[]
  filters: NodeFilters
  activeGeneration: string
}

function Nodes({ nodes, filters, activeGeneration }: NodesProps) {
  const { t } = useTranslation()
  const shown = nodes.filter((node) => passes(node, filters, activeGeneration))
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
    <>
      <p>{t('nodes.count', { count: shown.length, shown: formatCount(shown.length) })}</p>
      <DataTable
        label={t('nodes.title')}
        columns={buildNodeColumns(activeGeneration)}
        rows={sortByIssues(shown, activeGeneration)}
        rowKey={(node) => `${node.clusterId}/${node.nodeName}`}
      />
    </>
  )
}
