import { INCIDENT_STATUSES, SEVERITIES } from '@guardimesh/contracts'
import { Chip, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ANY_STATUS, INCIDENT_FILTER_NAMES, type IncidentAddress, type IncidentFilterName } from '../../api/queries/incident-address.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import lines from '../../ui/lines.module.css'

interface IncidentFilterBarProps {
  filters: IncidentAddress
  onChange: (changes: Partial<Record<IncidentFilterName, string | undefined>>) => void
}

/** Status and severity have their own controls, so that they need no pill. */
const PILLS = INCIDENT_FILTER_NAMES.filter((name) => name !== 'status' && name !== 'severity')

export function IncidentFilterBar({ filters, onChange }: IncidentFilterBarProps) {
  const { t } = useTranslation()
  const statuses = [
    { value: '', label: t('incidents.filter.unresolved') },
    ...INCIDENT_STATUSES.map((value) => ({ value, label: t(`incidents.status.${value}`) })),
    { value: ANY_STATUS, label: t('incidents.filter.any') },
  ]
  return (
    <NamedFilterBar names={['signature', 'namespace', 'cluster', 'assignee']} pillNames={PILLS} filters={filters} onChange={onChange}>
      <NativeSelect
        size="xs"
        label={t('filter.status')}
        data={statuses}
        value={filters.status ?? ''}
        onChange={(event) => onChange({ status: event.currentTarget.value })}
      />
      <fieldset className={lines.chips}>
        <legend className="visually-hidden">{t('filter.severity')}</legend>
        <Chip.Group
          multiple
          value={filters.severity?.split(',') ?? []}
          onChange={(severities) => onChange({ severity: severities.join(',') })}
        >
          {SEVERITIES.toReversed().map((severity) => (
            <Chip key={severity} value={severity} size="xs" variant="outline">
              {t(`severity.${severity}`)}
            </Chip>
          ))}
        </Chip.Group>
      </fieldset>
    </NamedFilterBar>
  )
}
