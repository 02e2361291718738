import { ActionIcon } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** How long the button says that it has copied. */
const COPIED_MS = 2_000

/** Copies `text`; `label` says what it is ("Copy the hash"). */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const clipboard = useClipboard({ timeout: COPIED_MS })
  return (
    <>
      <ActionIcon variant="subtle" size="sm" color="gray" aria-label={label} title={label} onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
      <span role="status" className="visually-hidden">
        {clipboard.copied ? t('action.copied') : ''}
      </span>
    </>
  )
}
