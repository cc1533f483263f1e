/** What people tell of themselves: on the screen, and said by me. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { ME } from '../src/lib/backend/fake/model';
import { NAME_CHARS_MAX, STATUS_CHARS_MAX } from '../src/lib/limits';
import { goTo } from '../src/state/view.svelte';
import { openConversation, openPage, scenario, settled } from './page';

async function openProfile(name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await waitFor(() => screen.getByTestId('set-show-status'));
  return { fake, user, field: screen.getByTestId<HTMLInputElement>('status-text') };
}

const bar = () => document.querySelector('.toolbar')?.textContent ?? '';

describe('the bar of a direct conversation', () => {
  test('shows the words beside a name, and when they change', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    await waitFor(() => expect(bar()).toContain('On the mountain until Sunday'));
    const maren = fake.find('c-maren').peer?.user ?? '';
    fake.tells(maren, { status: { text: 'Home again', until: null } });
    await waitFor(() => expect(bar()).toContain('Home again'));
    fake.profiles.delete(maren);
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(bar()).not.toContain('Home again'));
  });

  test('shows when somebody was last here, also offline, where they say nothing else', async () => {
    const fake = scenario('offline');
    await openConversation(fake, 'c-idris');
    await waitFor(() => expect(bar()).toContain('Last seen'));
  });
});

describe('the card of a person', () => {
  test('since when I am here is on my own card alone', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    const [maren] = fake.people;
    for (const [person, lines] of [[ME, 1], [maren, 0]] as const) {
      if (!person) throw new Error('nobody');
      goTo.person(person);
      await waitFor(() => expect(screen.getByTestId('person-card').textContent).toContain(`@${person.username}`));
      await waitFor(() => expect(screen.queryAllByTestId('card-since')).toHaveLength(lines));
    }
  });

  test('and in the settings, with my account', async () => {
    await openProfile();
    await waitFor(() => expect(screen.getByTestId('account-since').textContent).toMatch(/^Member since .*2026$/));
  });
});

describe('how somebody is here', () => {
  const signs = () => screen.getAllByTestId('presence').map((sign) => sign.dataset.presence);

  test('stands on the picture, and in words for those who hear the window', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-idris');
    const idris = fake.find('c-idris').peer?.user ?? '';
    expect(screen.queryByTestId('presence')).toBeNull();
    fake.tells(idris, { presence: 'online' });
    // In the list and in the bar.
    await waitFor(() => expect(signs()).toEqual(['online', 'online']));
    expect(bar()).toContain('Online');
    const row = screen.getAllByTestId('conversation-row').find(({ dataset }) => dataset.id === 'c-idris');
    expect(row?.textContent).toContain(', Online');
    fake.tells(idris, { presence: 'away' });
    await waitFor(() => expect(signs()).toEqual(['away', 'away']));
    expect(bar()).toContain('Away');
    fake.tells(idris, { presence: 'offline' });
    await waitFor(() => expect(screen.queryByTestId('presence')).toBeNull());
    expect(bar()).toContain('Last seen');
  });

  test('is asked for those in the list', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    const peers = ['c-maren', 'c-idris'].map((id) => fake.find(id).peer?.user);
    await waitFor(() => expect(fake.called('list_profiles').at(-1)?.people).toEqual(expect.arrayContaining(peers)));
  });
});

describe('what I say of myself', () => {
  test('is typed and kept with Enter, for as long as it is chosen', async () => {
    const { fake, user, field } = await openProfile();
    await user.click(field);
    await user.keyboard('  On a train {Enter}');
    await waitFor(() => expect(fake.mine.status).toEqual({ text: 'On a train', until: null }));
    await user.selectOptions(screen.getByTestId('status-ends'), 'hour');
    await user.click(screen.getByTestId('status-save'));
    await waitFor(() => expect(fake.mine.status?.until).toBeGreaterThan(Date.now() + 3_500_000));
    await waitFor(() => screen.getByText(/Shown until/));
    await user.selectOptions(screen.getByTestId('status-ends'), 'today');
    await user.click(screen.getByTestId('status-save'));
    await waitFor(() => expect(new Date(fake.mine.status?.until ?? 0).getHours()).toBe(0));
    await user.click(screen.getByTestId('status-clear'));
    await waitFor(() => expect(fake.mine.status).toBeNull());
    expect(field.value).toBe('');
  });

  test('is not kept when it is too long, and says so', async () => {
    const { fake, user, field } = await openProfile();
    await user.click(field);
    await user.paste('x'.repeat(STATUS_CHARS_MAX + 1));
    await waitFor(() => screen.getByText(/At most 140/));
    await user.keyboard('{Enter}');
    expect(fake.called('set_status')).toEqual([]);
  });

  test('keeps its end when only the words change, and its words when they cannot be kept', async () => {
    const { fake, user, field } = await openProfile();
    const ends = screen.getByTestId<HTMLSelectElement>('status-ends');
    const until = Date.now() + 3_000_000;
    fake.mine = { ...fake.mine, status: { text: 'On a train', until } };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(ends.value).toBe('keep'));
    await user.type(field, ' home');
    fake.failNext('set_status', { code: 'disk_full', message: 'The disk is full.' });
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByText('The disk is full.'));
    fake.emit({ kind: 'people' });
    await settled();
    expect(field.value).toBe('On a train home');
    await user.type(field, '{Enter}');
    await waitFor(() => expect(fake.mine.status).toEqual({ text: 'On a train home', until }));
    await user.selectOptions(ends, 'never');
    await user.click(screen.getByTestId('status-save'));
    await waitFor(() => expect(fake.mine.status).toEqual({ text: 'On a train home', until: null }));
    await waitFor(() => expect(ends.value).toBe('never'));
    expect([...ends.options].map((option) => option.value)).not.toContain('keep');
  });

  test('is shown to those whom one chooses', async () => {
    const { fake, user } = await openProfile();
    await user.selectOptions(screen.getByTestId('set-show-seen'), 'nobody');
    await user.selectOptions(screen.getByTestId('set-show-status'), 'contacts');
    await waitFor(() => expect(screen.getByTestId<HTMLSelectElement>('set-show-status').value).toBe('contacts'));
    expect(fake.mine).toMatchObject({ status: null, status_to: 'contacts', last_seen_to: 'nobody', picture_to: 'everyone' });
    expect(fake.called('set_privacy')).toEqual([{ field: 'last_seen', to: 'nobody' }, { field: 'status', to: 'contacts' }]);
  });

  test('from another device does not replace what is being written here', async () => {
    const { fake, user, field } = await openProfile();
    fake.mine = { ...fake.mine, status: { text: 'From my phone', until: null } };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(field.value).toBe('From my phone'));
    await user.type(field, '!');
    const asked = () => fake.called('get_profile').length;
    const before = asked();
    fake.mine = { ...fake.mine, status: { text: 'Another', until: null } };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(asked()).toBeGreaterThan(before));
    expect(field.value).toBe('From my phone!');
  });
});

describe('what I am called', () => {
  async function openName(scene = 'everyday') {
    const opened = await openProfile(scene);
    const [first, last] = [await waitFor(() => screen.getByTestId<HTMLInputElement>('name-first')), screen.getByTestId<HTMLInputElement>('name-last')];
    await waitFor(() => expect([first.value, last.value]).toEqual(['Elin', 'Brandt']));
    return { ...opened, first, last, save: screen.getByTestId<HTMLButtonElement>('name-save') };
  }

  test('is typed and kept with Enter, and stands wherever I do', async () => {
    const { fake, user, first, last, save } = await openName();
    expect(save.disabled).toBe(true);
    await user.click(first);
    await user.keyboard('{Control>}a{/Control}  Elin Maria {Tab}');
    expect(document.activeElement).toBe(last);
    await user.keyboard('{Control>}a{/Control}{Delete}{Enter}');
    await waitFor(() => expect(fake.called('set_name')).toEqual([{ first_name: 'Elin Maria', last_name: '' }]));
    await waitFor(() => expect([first.value, last.value, save.disabled]).toEqual(['Elin Maria', '', true]));
    // In the settings, and for those who hear the window beside the own picture, which says it to the pointer as well.
    await waitFor(() => expect(screen.getAllByText(/Elin Maria$/)).toHaveLength(2));
    expect(document.querySelectorAll('[title="Elin Maria"]')).toHaveLength(1);
    expect(document.body.innerHTML).not.toContain('Elin Brandt');
  });

  test('is not empty and not too long, and the field says so', async () => {
    const { fake, user, first, last } = await openName();
    await user.clear(first);
    await waitFor(() => screen.getByText('Type the name that others see.'));
    expect(first.getAttribute('aria-invalid')).toBe('true');
    await user.type(first, 'Elin');
    expect(first.getAttribute('aria-invalid')).toBeNull();
    await user.click(last);
    await user.paste('é'.repeat(NAME_CHARS_MAX));
    await waitFor(() => expect(last.getAttribute('aria-invalid')).toBe('true'));
    await user.keyboard('{Enter}');
    expect(fake.called('set_name')).toEqual([]);
  });

  test('stays as it was typed where it could not be kept', async () => {
    const { fake, user, first } = await openName();
    fake.failNext('set_name', { code: 'invalid_name', message: 'This is no name.' });
    await user.type(first, '!{Enter}');
    await waitFor(() => screen.getByText('This is no name.'));
    expect([first.value, first.getAttribute('aria-invalid')]).toEqual(['Elin!', 'true']);
    expect(document.querySelector('.toast')).toBeNull();
    fake.failNext('set_name', { code: 'disk_full', message: 'The disk is full.' });
    await user.type(first, '?{Enter}');
    await waitFor(() => screen.getByText('The disk is full.'));
    expect([first.value, first.getAttribute('aria-invalid')]).toEqual(['Elin!?', null]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.mine.first_name).toBe('Elin!?'));
  });

  test('from another device does not replace what is being written here', async () => {
    const { fake, user, first, last } = await openName();
    fake.mine = { ...fake.mine, last_name: 'Berg' };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(last.value).toBe('Berg'));
    await user.type(first, '!');
    const asked = () => fake.called('get_profile').length;
    const before = asked();
    fake.mine = { ...fake.mine, first_name: 'Somebody' };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(asked()).toBeGreaterThan(before));
    await settled();
    expect([first.value, last.value]).toEqual(['Elin!', 'Berg']);
  });
});
