/** What waits for its time, as the server would keep and send it. */
import type { Commands } from '../commands';
import type { Problem, ScheduledView } from '../types';
import type { Fake } from './fake';
import { ME, add, freshId } from './model';

export class Schedule {
  items: ScheduledView[] = [];

  /** The server looks what is due by `now`, and sends it. */
  look(fake: Fake, now: number): void {
    const due = this.items.filter((item) => item.reason === null && !item.only_here && item.send_at <= now);
    for (const item of due.sort((a, b) => a.send_at - b.send_at)) {
      this.items = this.items.filter((other) => other !== item);
      Object.assign(add(fake.find(item.conversation), ME.user, item.text ?? '', now), { id: item.message });
      fake.changed(item.conversation);
    }
  }

  /** Another device of mine changes it. */
  reword(fake: Fake, message: string, text: string): void {
    const item = this.find(message);
    Object.assign(item, { text, revision: item.revision + 1 });
    fake.changed(item.conversation);
  }

  /** The server could not send it. */
  fail(fake: Fake, message: string, reason: string): void {
    const item = this.find(message);
    item.reason = reason;
    fake.changed(item.conversation);
  }

  find(message: string): ScheduledView {
    const found = this.items.find((item) => item.message === message);
    if (!found) throw { code: 'already_sent', message: 'It does not wait any more: it has been sent or given up.' } satisfies Problem;
    return found;
  }
}

type Names = 'schedule_message' | 'change_scheduled' | 'cancel_scheduled' | 'list_scheduled';

export function scheduleHandlers(fake: Fake): Pick<Commands, Names> {
  const { schedule } = fake;
  const offline = () => fake.connection.kind !== 'live';
  return {
    schedule_message: ({ conversation, text, send_at }) => {
      const there = fake.find(conversation);
      const item: ScheduledView = { message: freshId('m'), conversation, name: there.name, revision: 0, text, send_at, reason: null, only_here: offline(), change: null };
      schedule.items.push(item);
      Object.assign(there, { draft: null, draft_reply: null });
      fake.changed(conversation);
      return item.message;
    },
    change_scheduled: ({ conversation, message, based_on, text, send_at }) => {
      const item = schedule.find(message);
      const now = text === null && send_at === null;
      if (!now && based_on !== item.revision) throw { code: 'edit_conflict', message: 'This was changed on another device meanwhile.' } satisfies Problem;
      Object.assign(item, { revision: item.revision + 1, text: text ?? item.text, send_at: now ? fake.now() : (send_at ?? item.send_at), reason: null, change: item.change?.state.kind === 'failed' ? null : item.change });
      if (!offline()) schedule.look(fake, fake.now());
      fake.changed(conversation);
      return null;
    },
    cancel_scheduled: ({ conversation, message }) => {
      schedule.items = schedule.items.filter((item) => item.message !== message);
      fake.changed(conversation);
      return null;
    },
    list_scheduled: ({ conversation }) =>
      schedule.items.filter((item) => conversation === null || item.conversation === conversation).sort((a, b) => a.send_at - b.send_at),
  };
}
