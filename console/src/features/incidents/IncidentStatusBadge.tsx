import type { IncidentTriage } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../ui/StateBadge.js'

const TONES = { new: 'bad', in_progress: 'busy', resolved: 'good' } as const

export function IncidentStatusBadge({ status }: Pick<IncidentTriage, 'status'>) {
  const { t } = useTranslation()
  return <StateBadge tone={TONES[status]} text={t(`incidents.status.${status}`)} />
}

/** Returns "Resolved (False positive)". */
export function useStatusText() {
  const { t } = useTranslation()
  return ({ status, resolution }: Pick<IncidentTriage, 'status' | 'resolution'>) =>
    resolution === null
      ? t(`incidents.status.${status}`)
      : `${t(`incidents.status.${status}`)} (${t(`incidents.resolution.${resolution}`)})`
}
