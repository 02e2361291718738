import type { SignatureImport } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../table/DataTable.js'
import { formatCount } from '../../../ui/format-number.js'
import { Section } from '../../../ui/Section.js'
import { importColumns } from './import-columns.js'

/** Number of imports shown at first. */
const SHOWN_FIRST_MAX = 8

/** Imports, newest first. */
export function ImportsSection({ imports }: { imports: readonly SignatureImport[] }) {
  const { t } = useTranslation()
  const [isAllShown, setAllShown] = useState(false)
  const shown = isAllShown ? imports : imports.slice(0, SHOWN_FIRST_MAX)
  return (
    <Section title={t('signatures.import.title')}>
      {imports.length === 0 ? (
        <p>{t('signatures.import.none')}</p>
      ) : (
        <DataTable label={t('signatures.import.title')} columns={importColumns} rows={shown} rowKey={({ importId }) => importId} />
      )}
      {shown.length < imports.length ? (
        <div>
          <Button size="xs" variant="default" onClick={() => setAllShown(true)}>
            {t('signatures.import.showAll', { shown: formatCount(imports.length) })}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}
