import { Button, NativeSelect, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate } from 'react-router'
import { logOut, sessionKey, sessionQuery } from '../api/queries/session.js'
import { paths } from '../path-builder.js'
import classes from './layout.module.css'

const SCHEMES = ['auto', 'light', 'dark'] as const
const isScheme = (text: string): text is (typeof SCHEMES)[number] => SCHEMES.some((scheme) => scheme === text)

/** Who is logged in, the colour scheme, and the way out. */
export function AccountBox() {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useLeave()
  return (
    <div className={classes.account}>
      <NavLink to={paths.account()} className={classes.link ?? ''}>
        <IconUserCircle size={17} stroke={1.7} aria-hidden />
        <span className={classes.email}>{session?.account.email}</span>
      </NavLink>
      <NativeSelect
        size="xs"
        aria-label={t('layout.colorScheme.label')}
        data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`layout.colorScheme.${scheme}`) }))}
        value={colorScheme}
        onChange={(event) => {
          if (isScheme(event.currentTarget.value)) setColorScheme(event.currentTarget.value)
        }}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconLogout size={14} aria-hidden />}
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t('layout.logOut')}
      </Button>
      {leave.error ? <p role="alert">{t('layout.logOutFailed')}</p> : null}
    </div>
  )
}

function useLeave() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: logOut,
    onSuccess: async () => {
      await navigate(paths.signIn())
      // What one person has seen must not be on the screen of the next.
      client.clear()
      client.setQueryData(sessionKey, null)
    },
  })
}
