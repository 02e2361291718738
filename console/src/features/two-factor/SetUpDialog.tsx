import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { confirmTotp, createTotp } from '../../api/queries/two-factor.js'
import { CodeForm } from '../../forms/CodeForm.js'
import { Dialog } from '../../forms/Dialog.js'
import classes from '../../forms/forms.module.css'
import { CopyableText } from '../../ui/CopyableText.js'
import { PasswordDialog } from './PasswordDialog.js'
import { QrCode } from './QrCode.js'

interface SetUpDialogProps {
  onEnabled: (recoveryCodes: readonly string[]) => void
  onClose: () => void
}

/** Sets up an authenticator app: password, QR code, first code. */
export function SetUpDialog({ onEnabled, onClose }: SetUpDialogProps) {
  const { t } = useTranslation()
  // The secret must not remain in memory after the dialog is closed.
  const create = useMutation({ mutationFn: createTotp, gcTime: 0 })
  const confirm = useMutation({ mutationFn: confirmTotp, gcTime: 0, onSuccess: ({ recoveryCodes }) => onEnabled(recoveryCodes) })
  if (!create.data)
    return (
      <PasswordDialog
        title={t('twoFactor.setUp.title')}
        text={t('twoFactor.setUp.password')}
        submitLabel={t('twoFactor.setUp.continue')}
        isPending={create.isPending}
        error={create.error}
        onSubmit={(currentPassword) => create.mutate({ currentPassword })}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('twoFactor.setUp.title')} size="lg" closeOnClickOutside={false} onClose={onClose}>
      <div className={classes.form}>
        <p className={classes.note}>{t('twoFactor.setUp.scan')}</p>
        <QrCode text={create.data.uri} label={t('twoFactor.setUp.qr')} />
        <CopyableText text={create.data.secret} label={t('twoFactor.setUp.copy')} />
        <CodeForm
          submitLabel={t('twoFactor.setUp.submit')}
          description={t('twoFactor.setUp.codeHint')}
          isPending={confirm.isPending}
          error={confirm.error}
          onSubmit={(code) => confirm.mutate({ code })}
        />
      </div>
    </Dialog>
  )
}
