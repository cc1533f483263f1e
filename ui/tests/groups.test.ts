/** Making what several people share, and channels in the list. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openPage, row, scenario } from './page';

async function openCreate(name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await row('c-maren');
  await user.click(screen.getByTestId('new-conversation'));
  await user.click(await waitFor(() => screen.getByTestId('create-open')));
  return { fake, user, dialog: within(await waitFor(() => screen.getByTestId('create-dialog'))) };
}

describe('the dialog', () => {
  test('a conversation of several people', async () => {
    const { fake, user, dialog } = await openCreate();
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => dialog.getByText('Type a name.'));
    await user.type(dialog.getByTestId('create-name'), 'Sunday lunch');
    await user.type(dialog.getByTestId('create-people'), 'noor');
    await user.click(within(await waitFor(() => dialog.getByTestId('create-person'))).getByRole('checkbox'));
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull());
    expect(fake.called('create_conversation')).toEqual([{ name: 'Sunday lunch', members: ['u-noor'] }]);
    await waitFor(() => expect(screen.getAllByRole('heading', { name: 'Sunday lunch' }).length).toBeGreaterThan(0));
  });

  test('a group goes on with its first channel, which is listed with the group', async () => {
    const { fake, user, dialog } = await openCreate();
    await user.click(dialog.getByTestId('create-channel'));
    await waitFor(() => dialog.getByText('You own no group yet. Make one first.'));
    await user.click(dialog.getByTestId('create-group'));
    await user.type(dialog.getByTestId('create-name'), 'Northlight');
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(dialog.getByRole('option', { name: 'Northlight' })).toBeTruthy());
    await user.type(dialog.getByTestId('create-name'), 'plans');
    await user.click(dialog.getByTestId('create-private'));
    await waitFor(() => expect(dialog.getAllByTestId('create-person').length).toBeGreaterThan(0));
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull());
    const made = fake.conversations.at(-1);
    expect(made).toMatchObject({ kind: 'channel', name: 'plans', private: true });
    const line = await row(made?.id ?? '');
    expect(line.textContent).toContain('# plans');
    expect(line.textContent).toContain('Northlight');
  });

  test('a refusal is said in the dialog, and nothing typed is lost', async () => {
    const { fake, user, dialog } = await openCreate();
    fake.failNext('create_conversation', { code: 'disk_full', message: 'The disk is full.' });
    await user.type(dialog.getByTestId('create-name'), 'Sunday lunch{Enter}');
    await waitFor(() => dialog.getByText('The disk is full.'));
    expect((dialog.getByTestId('create-name') as HTMLInputElement).value).toBe('Sunday lunch');
  });
});
