/** What people look like, and who they are in their own words. */
import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MADE_AT, ME } from '../src/lib/backend/fake/model';
import { ABOUT_CHARS_MAX } from '../src/lib/limits';
import { goTo } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, scenario, settled } from './page';

const OFFLINE = { kind: 'offline', next_try_ms: 1_000, problem: null } as const;
const FACE = 'data:image/jpeg;base64,ZmFjZQ==';

// happy-dom draws nothing: an image is what it says of itself here, and the real window draws one.
beforeEach(() => {
  vi.stubGlobal('createImageBitmap', async (file: File) => {
    if (file.size === 0) throw new Error('no image');
    return { width: 800, height: 400, close() {} };
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/jpeg;base64,Y3V0');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const photo = (bytes = 'photo', type = 'image/png') => new File([bytes], 'me.png', { type });
const srcOf = (root: Element | null) => root?.querySelector('.avatar img')?.getAttribute('src') ?? null;

async function openProfile(change: (fake: ReturnType<typeof scenario>) => void = () => {}) {
  const fake = scenario('everyday');
  change(fake);
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  const file = await waitFor(() => screen.getByTestId<HTMLInputElement>('picture-file'));
  return { fake, user, file, row: () => document.querySelector('.picture') };
}

describe('my picture', () => {
  test('is cut by keys, sent, and then beside my name everywhere', async () => {
    const { fake, user, file, row } = await openProfile();
    await user.upload(file, photo());
    const stage = await waitFor(() => screen.getByTestId('picture-stage'));
    await waitFor(() => expect(document.activeElement).toBe(stage));
    expect(stage.dataset).toMatchObject({ x: '400', y: '200', zoom: '1.00' });
    expect(await findings()).toEqual([]);
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(stage.dataset, 'it is as high as the image').toMatchObject({ x: '420', y: '200' });
    await user.keyboard('+{ArrowDown}');
    expect(stage.dataset).toMatchObject({ zoom: '1.15', y: '217' });
    await user.keyboard('{ArrowLeft>60/}');
    expect(Number(stage.dataset.x), 'it never leaves the image').toBe(Math.round(400 / 1.15 / 2));
    await user.keyboard('---');
    expect(stage.dataset).toMatchObject({ zoom: '1.00', y: '200' });
    await user.tab();
    expect(document.activeElement).toBe(screen.getByTestId('picture-zoom'));
    screen.getByTestId('picture-save').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('picture-crop')).toBeNull());
    expect(fake.called('set_picture')).toEqual([{ image: 'Y3V0' }]);
    await waitFor(() => expect(srcOf(row())).toBe('data:image/jpeg;base64,Y3V0'));
    expect(srcOf(document.querySelector('.rail'))).toBe('data:image/jpeg;base64,Y3V0');
    await user.click(screen.getByTestId('picture-remove'));
    await waitFor(() => expect(srcOf(row())).toBeNull());
    expect(screen.queryByTestId('picture-remove')).toBeNull();
  });

  test.each([
    ['an SVG', photo('<svg/>', 'image/svg+xml')],
    ['what only says that it is one', photo('')],
  ])('is not %s, and one is told what to choose', async (_, chosen) => {
    const { fake, user, file } = await openProfile();
    file.removeAttribute('accept');
    await user.upload(file, chosen);
    await waitFor(() => screen.getByText(/no picture that Hearth can show.*PNG, JPEG, WebP or GIF/));
    expect(screen.queryByTestId('picture-crop')).toBeNull();
    expect(fake.called('set_picture')).toEqual([]);
  });

  test('stays on the stage when the server refuses it', async () => {
    const { fake, user, file } = await openProfile();
    await user.upload(file, photo());
    await waitFor(() => screen.getByTestId('picture-stage'));
    fake.failNext('set_picture', { code: 'rate_limited', message: 'That was too often. Try again in 12 seconds.' });
    await user.click(screen.getByTestId('picture-save'));
    await waitFor(() => screen.getByText(/Try again in 12 seconds/));
    await user.click(screen.getByTestId('picture-save'));
    await waitFor(() => expect(screen.queryByTestId('picture-crop')).toBeNull());
    expect(fake.called('set_picture')).toHaveLength(2);
  });

  test('needs a connection, and says so', async () => {
    const { fake } = await openProfile((fake) => {
      fake.mine = { ...fake.mine, picture: 'mine' };
    });
    expect(screen.getByTestId<HTMLButtonElement>('picture-choose').disabled).toBe(false);
    fake.setConnection(OFFLINE);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('picture-choose').disabled).toBe(true));
    expect(screen.getByTestId<HTMLButtonElement>('picture-remove').disabled).toBe(true);
    screen.getByText(/you need a connection/);
  });

  test('is for those whom one chooses', async () => {
    const { fake, user } = await openProfile();
    await user.selectOptions(screen.getByTestId('set-show-picture'), 'contacts');
    await waitFor(() => expect(fake.mine.picture_to).toBe('contacts'));
  });
});

describe("a group's picture", () => {
  async function openGroup(change: (fake: ReturnType<typeof scenario>) => void = () => {}) {
    const fake = scenario('groups');
    change(fake);
    const user = await openConversation(fake, 'c-tools');
    await user.click(screen.getByTestId('group-open'));
    const dialog = await waitFor(() => screen.getByTestId('group-dialog'));
    await waitFor(() => screen.getAllByTestId('group-member'));
    return { fake, user, dialog };
  }
  const CUT = 'data:image/jpeg;base64,Y3V0';
  const channelLine = () => screen.getAllByTestId('conversation-row').find((line) => line.dataset.id === 'c-tools') ?? null;

  test('is cut by who manages it, and then stands by the group and its channels', async () => {
    const { fake, user, dialog } = await openGroup();
    await user.upload(screen.getByTestId<HTMLInputElement>('picture-file'), photo());
    const stage = await waitFor(() => screen.getByTestId('picture-stage'));
    screen.getByRole('heading', { name: "The group's picture" });
    expect(await findings()).toEqual([]);
    stage.focus();
    await user.keyboard('{ArrowRight}');
    screen.getByTestId('picture-save').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('picture-crop')).toBeNull());
    const group = fake.conversations.find((conversation) => conversation.id === 'c-tools')?.home;
    expect(fake.called('set_group_picture')).toEqual([{ group, image: 'Y3V0' }]);
    expect(fake.called('set_picture')).toEqual([]);
    await waitFor(() => expect(srcOf(dialog)).toBe(CUT));
    await waitFor(() => expect(srcOf(channelLine())).toBe(CUT));
    expect(srcOf(document.querySelector('.toolbar'))).toBe(CUT);
    await user.click(screen.getByTestId('picture-remove'));
    await waitFor(() => expect(srcOf(dialog)).toBeNull());
    await waitFor(() => expect(srcOf(channelLine())).toBeNull());
  });

  test('is only looked at by who does not', async () => {
    const { fake, dialog } = await openGroup((fake) => {
      fake.pictures.set('barn', FACE);
      fake.groups = fake.groups.map((group) => ({ ...group, picture: 'barn', role: 'member', manages: false }));
    });
    await waitFor(() => expect(srcOf(dialog)).toBe(FACE));
    expect(dialog.querySelector('[data-testid^=picture-]')).toBeNull();
    expect(fake.called('get_picture')).toContainEqual({ picture: 'barn', size: 'large' });
    expect(await findings()).toEqual([]);
  });

  test('is refused, and the reason stands on the stage', async () => {
    const { fake, user } = await openGroup();
    await user.upload(screen.getByTestId<HTMLInputElement>('picture-file'), photo());
    await waitFor(() => screen.getByTestId('picture-stage'));
    fake.failNext('set_group_picture', { code: 'not_allowed', message: 'Only its owner and admins may do that. Ask one of them.' });
    await user.click(screen.getByTestId('picture-save'));
    await waitFor(() => screen.getByText(/Only its owner and admins/));
    fake.setConnection(OFFLINE);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('picture-save').disabled).toBe(true));
  });
});

describe("a conversation's picture", () => {
  const TALK = 'c-first-light';
  const CUT = 'data:image/jpeg;base64,Y3V0';
  const line = () => screen.getAllByTestId('conversation-row').find((other) => other.dataset.id === TALK) ?? null;

  async function openAbout(role: 'owner' | 'member', change: (fake: ReturnType<typeof scenario>) => void = () => {}) {
    const fake = scenario('everyday');
    fake.members.set(TALK, [{ person: ME, role, joined_at: MADE_AT, waiting: false }]);
    change(fake);
    const user = await openConversation(fake, TALK);
    await user.click(screen.getByTestId('about-open'));
    const dialog = await waitFor(() => screen.getByTestId('about-dialog'));
    await waitFor(() => screen.getAllByTestId('group-member'));
    return { fake, user, dialog };
  }

  test('is cut by who manages it, told in the timeline, and stands in list and header', async () => {
    const { fake, user, dialog } = await openAbout('owner');
    await user.upload(screen.getByTestId<HTMLInputElement>('picture-file'), photo());
    await waitFor(() => screen.getByTestId('picture-stage'));
    screen.getByRole('heading', { name: "The conversation's picture" });
    expect(await findings()).toEqual([]);
    await user.click(screen.getByTestId('picture-save'));
    await waitFor(() => expect(screen.queryByTestId('picture-crop')).toBeNull());
    expect(fake.called('set_conversation_picture')).toEqual([{ conversation: TALK, image: 'Y3V0' }]);
    await waitFor(() => expect(srcOf(dialog)).toBe(CUT));
    await waitFor(() => expect(srcOf(line())).toBe(CUT));
    expect(srcOf(document.querySelector('.toolbar'))).toBe(CUT);
    await waitFor(() => screen.getByText(/You changed the picture\./));
    await user.click(screen.getByTestId('picture-remove'));
    await waitFor(() => expect(srcOf(line())).toBeNull());
    expect(srcOf(dialog)).toBeNull();
    await waitFor(() => screen.getByText(/You removed the picture\./));
  });

  test('is only looked at by who does not, and is in the switcher', async () => {
    const { user, dialog } = await openAbout('member', (fake) => {
      fake.pictures.set('dome', FACE);
      fake.find(TALK).picture = 'dome';
    });
    await waitFor(() => expect(srcOf(dialog)).toBe(FACE));
    expect(dialog.querySelector('[data-testid^=picture-]')).toBeNull();
    expect(await findings()).toEqual([]);
    goTo.reset();
    await settled();
    await user.keyboard('{Control>}k{/Control}');
    const choice = await waitFor(() => screen.getByTestId('switcher'));
    await user.type(screen.getByTestId('switcher-query'), 'first-light');
    await waitFor(() => expect([...choice.querySelectorAll('.avatar img')].map((image) => image.getAttribute('src'))).toContain(FACE));
  });

  test('of a channel stands instead of that of its group', async () => {
    const fake = scenario('groups');
    const home = fake.find('c-tools').home;
    fake.pictures.set('barn', 'data:image/jpeg;base64,YmFybg==').set('rake', FACE);
    fake.groups = fake.groups.map((group) => (group.id === home ? { ...group, picture: 'barn' } : group));
    const user = await openConversation(fake, 'c-tools');
    const bar = () => srcOf(document.querySelector('.toolbar'));
    await waitFor(() => expect(bar()).toBe('data:image/jpeg;base64,YmFybg=='));
    fake.find('c-tools').picture = 'rake';
    fake.changed('c-tools');
    await waitFor(() => expect(bar()).toBe(FACE));
    await user.click(screen.getByTestId('about-open'));
    await user.click(await waitFor(() => screen.getByTestId('picture-remove')));
    await waitFor(() => expect(bar()).toBe('data:image/jpeg;base64,YmFybg=='));
    screen.getByText('Without one it looks like its group');
  });

  test('needs a connection', async () => {
    const { fake } = await openAbout('owner');
    fake.setConnection(OFFLINE);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('picture-choose').disabled).toBe(true));
  });
});

describe('who I am', () => {
  test('is said in lines, and not replaced while it is written', async () => {
    const { fake, user } = await openProfile((fake) => {
      fake.mine = { ...fake.mine, about: 'Baker.' };
    });
    const field = screen.getByTestId<HTMLTextAreaElement>('about-text');
    await waitFor(() => expect(field.value).toBe('Baker.'));
    expect(screen.getByTestId<HTMLButtonElement>('about-save').disabled, 'nothing to save').toBe(true);
    await user.type(field, '{Enter}Up at four.');
    fake.mine = { ...fake.mine, about: 'From my phone' };
    fake.emit({ kind: 'people' });
    await settled();
    expect(field.value).toBe('Baker.\nUp at four.');
    await user.click(screen.getByTestId('about-save'));
    await waitFor(() => expect(fake.mine.about).toBe('Baker.\nUp at four.'));
    fake.mine = { ...fake.mine, about: 'From my phone' };
    fake.emit({ kind: 'people' });
    await waitFor(() => expect(field.value).toBe('From my phone'));
    expect(field.getAttribute('dir')).toBe('auto');
    await user.clear(field);
    // What stands in an empty field is the window's, and runs as that does.
    await waitFor(() => expect(field.hasAttribute('dir')).toBe(false));
    await user.click(field);
    await user.paste('x'.repeat(ABOUT_CHARS_MAX + 1));
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByTestId<HTMLButtonElement>('about-save').disabled).toBe(true);
  });
});

describe('somebody', () => {
  async function withMaren() {
    const fake = scenario('everyday');
    const maren = fake.find('c-maren').peer?.user ?? '';
    fake.pictures.set('face', FACE);
    fake.tells(maren, { picture: 'face', about: 'Mountain guide.\nSlow walker.' });
    const user = await openConversation(fake, 'c-maren');
    return { fake, user, maren };
  }
  const bar = () => document.querySelector('.toolbar');

  test('is shown by their picture until it is hidden', async () => {
    const { fake, maren } = await withMaren();
    await waitFor(() => expect(srcOf(bar())).toBe(FACE));
    const line = screen.getAllByTestId('conversation-row').find((row) => row.dataset.id === 'c-maren') ?? null;
    expect(srcOf(line)).toBe(FACE);
    expect(fake.called('get_picture'), 'asked for once').toEqual([{ picture: 'face', size: 'small' }]);
    fake.tells(maren, { picture: null });
    await waitFor(() => expect(srcOf(bar())).toBeNull());
    expect(bar()?.querySelector('.avatar')?.textContent).toContain('M');
  });

  test('has a card, which opens and closes by keys', async () => {
    const { fake, user } = await withMaren();
    const face = bar()?.querySelector<HTMLElement>('[data-testid=face]');
    face?.focus();
    expect(face?.getAttribute('aria-label')).toContain('Maren');
    await user.keyboard('{Enter}');
    const card = await waitFor(() => screen.getByTestId('person-card'));
    expect(card.textContent).toContain('On the mountain until Sunday');
    expect(screen.getByTestId('person-about').textContent).toBe('Mountain guide.\nSlow walker.');
    await waitFor(() => expect(srcOf(card)).toBe(FACE));
    await waitFor(() => expect(fake.called('get_picture')).toContainEqual({ picture: 'face', size: 'large' }));
    expect(await findings()).toEqual([]);
    await user.click(card.querySelector('button') as HTMLElement);
    await waitFor(() => expect(screen.queryByTestId('person-card')).toBeNull());
  });

  test('is asked for again when there is a connection', async () => {
    const fake = scenario('everyday');
    const maren = fake.find('c-maren').peer?.user ?? '';
    fake.pictures.set('face', FACE);
    fake.tells(maren, { picture: 'face' });
    fake.setConnection(OFFLINE);
    await openConversation(fake, 'c-maren');
    await settled();
    expect(srcOf(bar())).toBeNull();
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(srcOf(bar())).toBe(FACE));
  });
});
