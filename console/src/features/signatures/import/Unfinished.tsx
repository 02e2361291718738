import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../ui/Callout.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import classes from '../signatures.module.css'
import { forgetUploads, listUnfinished } from './uploads.js'

/** Uploads that a reload or a closed browser has cut off: the same file goes on where it was. */
export function Unfinished() {
  const { t } = useTranslation()
  const unfinished = useQuery({ queryKey: ['unfinished-uploads'], queryFn: () => listUnfinished(), gcTime: 0 })
  const uploads = unfinished.data ?? []
  const forget = async () => {
    await forgetUploads(uploads.map(({ name }) => name))
    await unfinished.refetch()
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
      <Button size="compact-xs" variant="default" onClick={() => void forget()}>
        {t('signatures.upload.forget')}
      </Button>
    </Callout>
  )
}
