import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { putSignatureSettings } from '../../../api/queries/signatures.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { FormSuccess } from '../../../forms/FormSuccess.js'
import { paths } from '../../../path-builder.js'
import { ReadOnlyNote, type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { useSignatureChange } from '../use-signature-change.js'
import { SettingsForm } from './SettingsForm.js'

/** Canary, profile and pinning. */
export function SignatureSettingsPage() {
  return <SignaturesFrame screen="settings">{({ server }) => <Editor server={server} />}</SignaturesFrame>
}

function Editor({ server }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const save = useSignatureChange(putSignatureSettings)
  return (
    <>
      <ReadOnlyNote />
      <FormProblem error={save.error} />
      <SettingsForm
        // Resets the form only if the settings change: the rest of the status is refetched all the time.
        key={JSON.stringify(server.settings)}
        server={server}
        disabledReason={reason}
        isSaving={save.isPending}
        onSave={(settings) => save.mutate(settings)}
      />
      <FormSuccess text={save.isSuccess ? t('signatures.settings.saved') : undefined} />
      {save.isSuccess ? <Link to={paths.signatureHistory()}>{t('signatures.toHistory')}</Link> : null}
    </>
  )
}
