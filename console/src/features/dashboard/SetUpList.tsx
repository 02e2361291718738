import type { DashboardView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Command } from '../../ui/Command.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './dashboard.module.css'

type Step = keyof DashboardView['setUp']

/** Where each step is done, in their order. */
const STEPS: readonly { name: Step; to: string }[] = [
  { name: 'nodeReporting', to: paths.nodes() },
  { name: 'signaturesImported', to: paths.signatureImport() },
  { name: 'detectionTested', to: paths.findings() },
  { name: 'channelEnabled', to: paths.notifications() },
  { name: 'secondAdministrator', to: paths.account() },
]

/** Writes the harmless EICAR test file; in parts, so that no scanner detects the console itself. */
const EICAR_COMMAND = [
  `kubectl exec -n NAMESPACE POD -- sh -c 'printf "%s%s%s%s" "X5O!P%@AP[4\\PZX54(P^)7CC)7}" "\\$EICAR-STANDARD-"`,
  `"ANTIVIRUS-TEST-FILE!" "\\$H+H*" > /tmp/invoice.com'`,
].join(' ')

/** Steps after the installation, from data. Disappears when all are done; open on an empty installation. */
export function SetUpList({ setUp }: Pick<DashboardView, 'setUp'>) {
  const { t } = useTranslation()
  const steps = STEPS.filter(({ name }) => setUp[name] !== null)
  const doneCount = steps.filter(({ name }) => setUp[name] === true).length
  if (doneCount === steps.length) return null
  return (
    <details className={classes.setUp} open={!setUp.detectionTested || !setUp.nodeReporting}>
      <summary>
        <h2>{t('dashboard.setUp.title', { done: doneCount, total: steps.length })}</h2>
      </summary>
      <ol>
        {steps.map(({ name, to }) => (
          <li key={name}>
            <StateBadge tone={setUp[name] ? 'good' : 'quiet'} text={t(setUp[name] ? 'dashboard.setUp.done' : 'dashboard.setUp.open')} />
            <div>
              <Link to={to}>{t(`dashboard.setUp.${name}.title`)}</Link>
              {setUp[name] ? null : <p>{t(`dashboard.setUp.${name}.text`)}</p>}
              {name === 'detectionTested' && !setUp[name] ? <Command text={EICAR_COMMAND} label={t('dashboard.setUp.copy')} /> : null}
            </div>
          </li>
        ))}
      </ol>
    </details>
  )
}
