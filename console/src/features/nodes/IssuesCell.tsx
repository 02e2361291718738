import type { NodeView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import lines from '../../ui/lines.module.css'
import { SecondLine } from '../../ui/SecondLine.js'
import { findNodeIssues, type NodeIssue } from './node-issues.js'
import classes from './nodes.module.css'

/** Lists that show what an issue counts. */
const LISTS: Partial<Record<NodeIssue['name'], (node: NodeView) => string>> = {
  notMonitored: ({ nodeName, clusterId }) => paths.pods({ node: nodeName, cluster: clusterId, watched: 'false' }),
  lost: ({ nodeName, clusterId }) => paths.lostResults({ node: nodeName, cluster: clusterId }),
}

/** Problems of a node that need attention. */
export function IssuesCell({ node, activeGeneration }: { node: NodeView; activeGeneration: string }) {
  const { t } = useTranslation()
  const issues = findNodeIssues(node, activeGeneration)
  if (issues.length === 0) return <SecondLine>{t('nodes.issue.none')}</SecondLine>
  return (
    <ul className={`${lines.tightList} ${classes.issues}`}>
      {issues.map(({ name, values }) => {
        const text = t(`nodes.issue.${name}`, { ...values })
        const list = LISTS[name]?.(node)
        return <li key={name}>{list === undefined ? text : <Link to={list}>{text}</Link>}</li>
      })}
    </ul>
  )
}
