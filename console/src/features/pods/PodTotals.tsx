import type { PodPage } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../ui/format-number.js'

/** Number of pods of the list, and of their containers. Renders nothing while it is unknown. */
export function PodTotals({ totals }: Pick<PodPage, 'totals'>) {
  const { t } = useTranslation()
  if (totals === null) return null
  const { pods, containers, containersNotMonitored } = totals
  return (
    <p>
      {t('pods.totals', {
        pods: formatCount(pods),
        containers: formatCount(containers),
        notMonitored: formatCount(containersNotMonitored),
      })}
    </p>
  )
}
