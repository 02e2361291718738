import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderInConsole } from '../testing/render.js'
import { PageFrame } from '../ui/PageFrame.js'
import { ConfirmDialog } from './ConfirmDialog.js'
import { FormModal } from './FormModal.js'

/** A page whose button opens a dialog; confirming can remove the button. */
function Page({ removesOpener = false }: { removesOpener?: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [isRemoved, setRemoved] = useState(false)
  const confirm = () => {
    setRemoved(removesOpener)
    setOpen(false)
  }
  return (
    <PageFrame title="Channels">
      {isRemoved ? null : (
        <button type="button" onClick={() => setOpen(true)}>
          Open
        </button>
      )}
      {isOpen ? (
        <ConfirmDialog title="Delete it?" confirmLabel="Delete" onConfirm={confirm} onClose={() => setOpen(false)}>
          <p>This cannot be undone.</p>
        </ConfirmDialog>
      ) : null}
    </PageFrame>
  )
}

async function openDialog() {
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete it?' })
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' })))
  return dialog
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

test.each([
  { name: 'Escape', close: () => userEvent.keyboard('{Escape}') },
  { name: 'Close', close: () => press('Close') },
  { name: 'Cancel', close: () => press('Cancel') },
  { name: 'confirm', close: () => press('Delete') },
])('returns the focus to the opener after $name', async ({ close }) => {
  renderInConsole(<Page />)
  await openDialog()
  await close()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })))
})

test('moves the focus to the page title if the opener was removed', async () => {
  renderInConsole(<Page removesOpener />)
  await openDialog()
  await press('Delete')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Channels' })))
})

function FormPage() {
  const [isOpen, setOpen] = useState(true)
  const [text, setText] = useState('')
  return isOpen ? (
    <FormModal title="New entry" submitLabel="Add" isDirty={text !== ''} onSubmit={() => {}} onClose={() => setOpen(false)}>
      <input aria-label="Hash" value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
    </FormModal>
  ) : (
    <p>Closed</p>
  )
}

test.each([
  { name: 'Escape', close: () => userEvent.keyboard('{Escape}') },
  { name: 'Close', close: () => press('Close') },
  { name: 'Cancel', close: () => press('Cancel') },
])('asks before $name loses input of a form', async ({ close }) => {
  renderInConsole(<FormPage />)
  await userEvent.type(await screen.findByLabelText('Hash'), 'abc')
  await close()
  await screen.findByRole('dialog', { name: 'Discard unsaved changes?' })
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Discard unsaved changes?' })).toBeNull())
  expect(screen.getByLabelText<HTMLInputElement>('Hash').value).toBe('abc')
  await userEvent.keyboard('{Escape}')
  await userEvent.click(await screen.findByRole('button', { name: 'Discard' }))
  expect(await screen.findByText('Closed')).toBeTruthy()
})

test('closes a form without input at once', async () => {
  renderInConsole(<FormPage />)
  await screen.findByLabelText('Hash')
  await press('Cancel')
  expect(await screen.findByText('Closed')).toBeTruthy()
})
