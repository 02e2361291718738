import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { formatCount } from '../../ui/format-number.js'

/** "3 nodes", as a link to the nodes that have loaded the generation. Plain text if there are none, or for nodes without signatures. */
export function NodesLink({ generation, nodes }: { generation: string; nodes: number }) {
  const { t } = useTranslation()
  const text = t('signatures.nodes.count', { count: nodes, shown: formatCount(nodes) })
  return nodes === 0 || generation === '' ? text : <Link to={paths.signatureNodes({ generation })}>{text}</Link>
}
