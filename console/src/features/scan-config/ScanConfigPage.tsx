import type { AccountView, ScanConfig, ScanConfigView } from '@guardimesh/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../api/errors.js'
import { isAllowed } from '../../api/permissions.js'
import { putScanConfig, scanConfigKey, scanConfigQuery } from '../../api/queries/scan-config.js'
import { sessionQuery } from '../../api/queries/session.js'
import { ConflictAlert } from '../../forms/ConflictAlert.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import classes from '../../forms/forms.module.css'
import { QueryState } from '../../table/QueryState.js'
import { Callout } from '../../ui/Callout.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { ScanConfigFacts } from './ScanConfigFacts.js'
import { ScanConfigForm } from './ScanConfigForm.js'

export function ScanConfigPage() {
  const { t } = useTranslation()
  const config = useQuery(scanConfigQuery)
  const { data: session } = useQuery(sessionQuery)
  return (
    <PageFrame title={t('scanConfig.title')} lead={t('scanConfig.lead')}>
      <QueryState query={config}>
        {(view) => (
          <>
            <LastChange view={view} />
            {session ? <Settings view={view} account={session.account} /> : null}
          </>
        )}
      </QueryState>
    </PageFrame>
  )
}

function Settings({ view, account }: { view: ScanConfigView; account: AccountView }) {
  const { t } = useTranslation()
  if (isAllowed(account, 'scan-config:change')) return <Editor view={view} />
  return (
    <>
      <Callout role="status" tone="calm">
        {t('scanConfig.readOnly')}
      </Callout>
      <ScanConfigFacts config={view.config} />
    </>
  )
}

function LastChange({ view }: { view: ScanConfigView }) {
  const { t } = useTranslation()
  return (
    <p className={classes.note}>
      {view.updatedAt === null ? (
        t('scanConfig.neverChanged')
      ) : (
        <>
          {t('scanConfig.changedBy', { user: view.updatedBy ?? t('value.unknown') })} <ExactTime at={view.updatedAt} />
        </>
      )}
    </p>
  )
}

function Editor({ view }: { view: ScanConfigView }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({ mutationFn: putScanConfig, onSuccess: (saved) => client.setQueryData(scanConfigKey, saved) })
  const isConflict = hasCode(save.error, 'SCAN_CONFIG_CHANGED')
  const readLatest = () => client.fetchQuery({ ...scanConfigQuery, staleTime: 0 })
  const overwrite = async (config: ScanConfig) => {
    const { etag } = await readLatest()
    save.mutate({ config, etag })
  }
  const mine = save.variables?.config
  return (
    <>
      {isConflict && mine ? (
        <ConflictAlert
          title={t('scanConfig.conflict.title')}
          text={t('scanConfig.conflict.text')}
          onOverwrite={() => void overwrite(mine)}
          onTakeLatest={() => {
            save.reset()
            void readLatest()
          }}
        />
      ) : (
        <FormProblem error={save.error} />
      )}
      <ScanConfigForm
        key={isConflict ? 'conflict' : view.etag}
        config={isConflict && mine ? mine : view.config}
        isSaving={save.isPending}
        onSave={(config) => save.mutate({ config, etag: view.etag })}
      />
      <FormSuccess text={save.isSuccess ? t('scanConfig.saved') : undefined} />
    </>
  )
}
