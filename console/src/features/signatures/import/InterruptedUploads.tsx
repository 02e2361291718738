import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../ui/Callout.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import classes from '../signatures.module.css'
import { discardUploads, listInterruptedUploads } from './uploads.js'

/** Uploads interrupted by a reload or a closed browser. Selecting the same file resumes its upload. */
export function InterruptedUploads() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['interrupted-uploads'], queryFn: () => listInterruptedUploads(), gcTime: 0 })
  const uploads = query.data ?? []
  const discard = async () => {
    await discardUploads(uploads.map(({ name }) => name))
    await query.refetch()
  }
  if (uploads.length === 0) return null
  return (
    <Callout role="status" tone="calm" title={t('signatures.upload.unfinishedTitle', { count: uploads.length })}>
      <ul className={classes.list}>
        {uploads.map(({ name, startedAt }) => (
          <li key={`${name} ${startedAt}`}>
            <Mono text={name} />, <RelativeTime at={startedAt} />
          </li>
        ))}
      </ul>
      <p>{t('signatures.upload.unfinished')}</p>
      <Button size="compact-xs" variant="default" onClick={() => void discard()}>
        {t('signatures.upload.discard')}
      </Button>
    </Callout>
  )
}
