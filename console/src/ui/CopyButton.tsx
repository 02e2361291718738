import { ActionIcon } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** How long the button shows that the text was copied. */
const COPIED_MS = 2_000

export interface CopyButtonProps {
  text: string
  /** Names the text, for example "Copy hash". */
  label: string
  onCopied?: (() => void) | undefined
}

export function CopyButton({ text, label, onCopied }: CopyButtonProps) {
  const { t } = useTranslation()
  const { copy, copied } = useClipboard({ timeout: COPIED_MS })
  useEffect(() => {
    if (copied) onCopied?.()
  }, [copied, onCopied])
  return (
    <>
      <ActionIcon variant="subtle" size="sm" color="gray" aria-label={label} title={label} onClick={() => copy(text)}>
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
      <span role="status" className="visually-hidden">
        {copied ? t('action.copied') : ''}
      </span>
    </>
  )
}
