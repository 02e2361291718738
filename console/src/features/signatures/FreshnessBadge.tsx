import type { FRESHNESS } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../ui/StateBadge.js'

type Freshness = (typeof FRESHNESS)[number]

const TONES = { fresh: 'good', old: 'warn', critical: 'bad', unknown: 'quiet' } as const satisfies Record<Freshness, unknown>

/** Age rating of signatures. */
export function FreshnessBadge({ state }: { state: Freshness }) {
  const { t } = useTranslation()
  return <StateBadge tone={TONES[state]} text={t(`signatures.freshness.${state}`)} />
}
