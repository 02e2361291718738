import type { TwoFactorView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionsKey } from '../../api/queries/accounts.js'
import { disableTwoFactor, renewRecoveryCodes, twoFactorKey, twoFactorQuery } from '../../api/queries/two-factor.js'
import classes from '../../forms/forms.module.css'
import { ShownOnceDialog } from '../../forms/ShownOnceDialog.js'
import { QueryState } from '../../table/QueryState.js'
import { Panel } from '../../ui/Panel.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { PasswordDialog } from './PasswordDialog.js'
import { SetUpDialog } from './SetUpDialog.js'

type Open = 'setUp' | 'disable' | 'renew'

/** Two-factor authentication of the own account. */
export function TwoFactorPanel() {
  const { t } = useTranslation()
  const twoFactor = useQuery(twoFactorQuery)
  const client = useQueryClient()
  const [open, setOpen] = useState<Open | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const onChanged = async (recoveryCodes: readonly string[] | null) => {
    setCodes(recoveryCodes)
    setOpen(null)
    await Promise.all([twoFactorKey, sessionsKey].map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  return (
    <Panel title={t('twoFactor.title')}>
      <QueryState query={twoFactor}>{(view) => <State view={view} onOpen={setOpen} />}</QueryState>
      {open === 'setUp' ? <SetUpDialog onEnabled={(made) => void onChanged(made)} onClose={() => setOpen(null)} /> : null}
      {open === 'disable' || open === 'renew' ? <ChangeDialog change={open} onChanged={onChanged} onClose={() => setOpen(null)} /> : null}
      {codes ? (
        <ShownOnceDialog
          title={t('twoFactor.codes.title')}
          warning={t('twoFactor.codes.once')}
          text={codes.join('\n')}
          copyLabel={t('twoFactor.codes.copy')}
          confirmLabel={t('twoFactor.codes.confirm')}
          lockedReason={t('twoFactor.codes.notStored')}
          onClose={() => setCodes(null)}
        >
          {t('twoFactor.codes.text')}
        </ShownOnceDialog>
      ) : null}
    </Panel>
  )
}

function State({ view, onOpen }: { view: TwoFactorView; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const { isEnabled, recoveryCodesLeft } = view
  return (
    <div className={classes.form}>
      <p className={classes.note}>
        <StateBadge tone={isEnabled ? 'good' : 'quiet'} text={t(isEnabled ? 'twoFactor.on' : 'twoFactor.off')} />{' '}
        {isEnabled ? t('twoFactor.left', { count: recoveryCodesLeft }) : t('twoFactor.lead')}
      </p>
      <div className={classes.buttons}>
        {isEnabled ? (
          <>
            <Button size="xs" variant="default" onClick={() => onOpen('renew')}>
              {t('twoFactor.renew.open')}
            </Button>
            <Button size="xs" variant="default" onClick={() => onOpen('disable')}>
              {t('twoFactor.disable.open')}
            </Button>
          </>
        ) : (
          <Button size="xs" onClick={() => onOpen('setUp')}>
            {t('twoFactor.setUp.open')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface ChangeDialogProps {
  change: 'disable' | 'renew'
  onChanged: (recoveryCodes: readonly string[] | null) => Promise<void>
  onClose: () => void
}

function ChangeDialog({ change, onChanged, onClose }: ChangeDialogProps) {
  const { t } = useTranslation()
  const save = useMutation({
    mutationFn: async (currentPassword: string) => {
      if (change === 'renew') return (await renewRecoveryCodes({ currentPassword })).recoveryCodes
      await disableTwoFactor({ currentPassword })
      return null
    },
    gcTime: 0,
    onSuccess: onChanged,
  })
  return (
    <PasswordDialog
      title={t(`twoFactor.${change}.title`)}
      text={t(`twoFactor.${change}.text`)}
      submitLabel={t(`twoFactor.${change}.submit`)}
      isPending={save.isPending}
      error={save.error}
      onSubmit={(currentPassword) => save.mutate(currentPassword)}
      onClose={onClose}
    />
  )
}
