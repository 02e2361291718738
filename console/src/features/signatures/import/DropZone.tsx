import { FileButton } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/ActionButton.js'
import classes from './import.module.css'
import { addFiles } from './import-store.js'

/** Drop target for files, with a button for keyboard users. */
export function DropZone({ disabledReason }: { disabledReason: string | undefined }) {
  const { t } = useTranslation()
  const [isDragOver, setDragOver] = useState(false)
  const isEnabled = disabledReason === undefined
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDragOver(false)
    if (isEnabled) addFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: drag and drop is optional; the button inside does the same.
    <div
      className={classes.zone}
      data-over={(isDragOver && isEnabled) || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setDragOver(true)
      }}
      onDragLeave={() => setDragOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.4} aria-hidden />
      <p>{t('signatures.upload.drop')}</p>
      <FileButton multiple onChange={addFiles}>
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
