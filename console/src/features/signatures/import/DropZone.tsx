import { FileButton } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/ActionButton.js'
import classes from './import.module.css'
import { chooseFiles } from './import-store.js'

/** Files are dropped here, or chosen with the button, which also the keyboard reaches. */
export function DropZone({ disabledReason }: { disabledReason: string | undefined }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const isEnabled = disabledReason === undefined
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (isEnabled) chooseFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button in it is the first.
    <div
      className={classes.zone}
      data-over={(isOver && isEnabled) || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.4} aria-hidden />
      <p>{t('signatures.upload.drop')}</p>
      <FileButton multiple onChange={chooseFiles}>
        {(props) => (
          <ActionButton {...props} size="xs" variant="default" disabledReason={disabledReason}>
            {t('signatures.upload.choose')}
          </ActionButton>
        )}
      </FileButton>
      <p className={classes.hint}>{t('signatures.upload.hint')}</p>
    </div>
  )
}
