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

/** Account link, theme selector and logout button. */
export function AccountBox() {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const logout = useLogout()
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
        loading={logout.isPending}
        onClick={() => logout.mutate()}
      >
        {t('layout.logOut')}
      </Button>
      {logout.error ? <p role="alert">{t('layout.logOutFailed')}</p> : null}
    </div>
  )
}

function useLogout() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: logOut,
    onSuccess: async () => {
      await navigate(paths.signIn())
      // The next user of this browser must not see cached data.
      client.clear()
      client.setQueryData(sessionKey, null)
    },
  })
}
