import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { putSignatureSettings } from '../../../api/queries/signatures.js'
import { FormDone } from '../../../forms/FormDone.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { paths } from '../../../path-builder.js'
import { ChangeNote, type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { useChangeReason } from '../use-change-reason.js'
import { useSignatureChange } from '../use-signature-change.js'
import { SettingsForm } from './SettingsForm.js'

/** How a new generation reaches the nodes, and which signatures they load. */
export function SignatureSettingsPage() {
  return <SignaturesFrame screen="settings">{({ server }) => <Editor server={server} />}</SignaturesFrame>
}

function Editor({ server }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  const reason = useChangeReason()
  const save = useSignatureChange(putSignatureSettings)
  return (
    <>
      <ChangeNote />
      <FormProblem error={save.error} />
      <SettingsForm
        // Other settings, by whomever, are another form; the status around them is read again all the time.
        key={JSON.stringify(server.settings)}
        server={server}
        disabledReason={reason}
        isSaving={save.isPending}
        onSave={(settings) => save.mutate(settings)}
      />
      <FormDone text={save.isSuccess ? t('signatures.settings.saved') : undefined} />
      {save.isSuccess ? <Link to={paths.signatureHistory()}>{t('signatures.toHistory')}</Link> : null}
    </>
  )
}
