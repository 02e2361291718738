import { Button, Menu } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SecondLine } from '../ui/SecondLine.js'
import { SaveViewDialog } from './SaveViewDialog.js'
import type { ListViewsState } from './use-list-views.js'

/** Opens, saves and deletes views of a list, and selects the one that opens with the page. */
export function ViewsMenu({ state }: { state: ListViewsState }) {
  const { t } = useTranslation()
  const [isSaving, setSaving] = useState(false)
  const { views, address, display, change, remove, open } = state
  const current = views.find((view) => view.address === address)
  const isDefault = current !== undefined && current.viewId === display.defaultViewId
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
            {current?.name ?? t('views.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item key={view.viewId} onClick={() => open(view)}>
              {view.name}
              {view.isShared ? <SecondLine>{t('views.sharedBy', { author: view.author })}</SecondLine> : null}
            </Menu.Item>
          ))}
          {views.length > 0 ? <Menu.Divider /> : null}
          <Menu.Item onClick={() => setSaving(true)}>{t('views.save')}</Menu.Item>
          {current ? (
            <Menu.Item onClick={() => change.mutate({ ...display, defaultViewId: isDefault ? null : current.viewId })}>
              {t(isDefault ? 'views.notDefault' : 'views.makeDefault', { name: current.name })}
            </Menu.Item>
          ) : null}
          {current?.canChange ? (
            <Menu.Item onClick={() => remove.mutate(current)}>{t('views.delete', { name: current.name })}</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isSaving ? (
        <SaveViewDialog state={state} name={current?.name ?? ''} isShared={current?.isShared ?? false} onClose={() => setSaving(false)} />
      ) : null}
    </>
  )
}
