import { ExceptionCriteria } from '@guardimesh/contracts'
import { useDebouncedValue } from '@mantine/hooks'
import { type Control, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { Callout } from '../../../ui/Callout.js'
import { PreviewPanel } from '../../exceptions/PreviewPanel.js'
import type { Entry, EntryForm, EntryListName } from './entry-form.js'

interface IgnoreWarningProps {
  control: Control<EntryForm, unknown, Entry>
  list: Exclude<EntryListName, 'hashes'>
}

/** Pause after the last key before a preview is requested. */
const PREVIEW_PAUSE_MS = 400

/** Explains that ignored files and signatures are not detected anywhere, shows which findings that concerns, and offers exceptions instead. */
export function IgnoreWarning({ control, list }: IgnoreWarningProps) {
  const { t } = useTranslation()
  const { hash, name } = useWatch({ control }) as EntryForm
  const [text] = useDebouncedValue((list === 'ignored-files' ? hash : name).trim(), PREVIEW_PAUSE_MS)
  const { data: criteria } = ExceptionCriteria.safeParse(list === 'ignored-files' ? { sha256: text } : { signature: text })
  return (
    <>
      <Callout role="status" tone="warn" title={t('signatures.custom.ignore.title')}>
        <p>{t('signatures.custom.ignore.text')}</p>
        <Link to={paths.exceptions()}>{t('signatures.custom.ignore.instead')}</Link>
      </Callout>
      <PreviewPanel criteria={criteria} />
    </>
  )
}
