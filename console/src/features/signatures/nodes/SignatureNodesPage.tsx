import type { NodeSignatures, SignaturesView } from '@guardimesh/contracts'
import { Switch } from '@mantine/core'
import { IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signatureNodesQuery } from '../../../api/queries/signatures.js'
import { DataTable } from '../../../table/DataTable.js'
import { NamedFilterBar } from '../../../table/NamedFilterBar.js'
import { QueryState } from '../../../table/QueryState.js'
import { readNamed, useAddressFilters } from '../../../table/use-address-filters.js'
import { Notice } from '../../../ui/Notice.js'
import { SignaturesFrame } from '../SignaturesFrame.js'
import { isOutdated } from './is-outdated.js'
import { buildSignatureNodeColumns } from './signature-node-columns.js'

/** `generation`: nodes that have loaded it; `outdated`: nodes that have not loaded the offered generation. */
const readFilters = readNamed(['node', 'generation', 'outdated'])

/** Loaded signatures of each node. Available while the signature server is down, because nodes report them to the backend. */
export function SignatureNodesPage() {
  return (
    <SignaturesFrame screen="nodes" otherwise={(view) => <Nodes view={view} />}>
      {({ view }) => <Nodes view={view} />}
    </SignaturesFrame>
  )
}

function Nodes({ view }: { view: SignaturesView }) {
  const { t } = useTranslation()
  const nodes = useQuery(signatureNodesQuery)
  const { filters, change } = useAddressFilters(readFilters)
  return (
    <>
      <NamedFilterBar names={['node']} pillNames={['generation']} filters={filters} onChange={change}>
        {view.server === null ? null : (
          <Switch
            size="xs"
            label={t('signatures.onNode.onlyOutdated')}
            checked={filters.outdated === 'true'}
            onChange={(event) => change({ outdated: event.currentTarget.checked ? 'true' : undefined })}
          />
        )}
      </NamedFilterBar>
      <QueryState query={nodes}>{({ items }) => <NodeTable nodes={items} view={view} filters={filters} />}</QueryState>
    </>
  )
}

interface NodeTableProps {
  nodes: readonly NodeSignatures[]
  view: SignaturesView
  filters: ReturnType<typeof readFilters>
}

function NodeTable({ nodes, view, filters }: NodeTableProps) {
  const { t } = useTranslation()
  const passes = (node: NodeSignatures) =>
    (filters.node === undefined || node.nodeName.includes(filters.node)) &&
    (filters.generation === undefined || node.generation === filters.generation) &&
    (filters.outdated !== 'true' || isOutdated(node, view.server))
  const shown = nodes.filter(passes)
  if (shown.length === 0) {
    const state = nodes.length === 0 ? 'empty' : 'filtered'
    return (
      <Notice role="status" icon={<IconServerOff size={28} aria-hidden />} title={t(`signatures.onNode.${state}.title`)}>
        <p>{t(`signatures.onNode.${state}.text`)}</p>
      </Notice>
    )
  }
  return (
    <DataTable
      label={t('signatures.screen.nodes.title')}
      columns={buildSignatureNodeColumns(view.server)}
      rows={shown}
      rowKey={({ clusterId, nodeName }) => `${clusterId}/${nodeName}`}
      isFaint={({ state }) => state === 'silent'}
    />
  )
}
