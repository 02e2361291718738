import { IconShieldOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAllowed } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { ExceptionDialog } from './ExceptionDialog.js'
import type { ExceptionSource } from './exception-scope.js'
import classes from './exceptions.module.css'

/** Opens the dialog for a new exception. @param source the finding or incident with which it is filled in. */
export function CreateExceptionButton({ source }: { source?: ExceptionSource }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const [isOpen, setOpen] = useState(false)
  const [createdId, setCreatedId] = useState<number>()
  const canChange = isAllowed(session?.account, 'exceptions:change')
  return (
    <div className={classes.create}>
      <FormSuccess text={createdId === undefined ? undefined : t('exceptions.done.created', { exceptionId: createdId })} />
      <ActionButton
        size="xs"
        variant={source ? 'default' : 'filled'}
        leftSection={<IconShieldOff size={14} aria-hidden />}
        disabledReason={canChange ? undefined : t('exceptions.readOnly')}
        onClick={() => setOpen(true)}
      >
        {t('exceptions.create.open')}
      </ActionButton>
      {isOpen ? (
        <ExceptionDialog source={source} onCreated={({ exceptionId }) => setCreatedId(exceptionId)} onClose={() => setOpen(false)} />
      ) : null}
    </div>
  )
}
