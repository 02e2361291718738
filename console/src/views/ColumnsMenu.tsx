import { Button, Checkbox, Popover, Switch } from '@mantine/core'
import { IconColumns } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../table/column.js'
import { isChoosable, type ListViewsState, visibleColumns } from './use-list-views.js'
import classes from './views.module.css'

interface ColumnsMenuProps {
  state: ListViewsState
  columns: readonly Pick<Column<never>, 'header' | 'cell'>[]
}

/** Selects columns and density of a list. */
export function ColumnsMenu({ state, columns }: ColumnsMenuProps) {
  const { t } = useTranslation()
  const { display, change } = state
  const choices = columns.filter(isChoosable)
  const shown = visibleColumns(choices, display).map(({ header }) => header)
  const select = (headers: readonly string[]) => {
    const hiddenColumns = choices.map(({ header }) => header).filter((header) => !headers.includes(header))
    change.mutate({ ...display, hiddenColumns })
  }
  return (
    <Popover position="bottom-end" withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns size={14} aria-hidden />}>
          {t('views.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.columns}>
        <Checkbox.Group label={t('views.shownColumns')} value={shown} onChange={select}>
          <div className={classes.choices}>
            {choices.map(({ header }) => (
              // One column stays visible.
              <Checkbox
                key={header}
                size="xs"
                value={header}
                label={t(`column.${header}`)}
                disabled={shown.length === 1 && shown[0] === header}
              />
            ))}
          </div>
        </Checkbox.Group>
        <Switch
          size="xs"
          label={t('views.compact')}
          checked={display.density === 'compact'}
          onChange={(event) => change.mutate({ ...display, density: event.currentTarget.checked ? 'compact' : 'comfortable' })}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
