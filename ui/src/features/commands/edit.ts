/** Another name or topic, typed behind a command: on one line, as its field has it. */
import { call } from '../../lib/backend';
import type { Problem } from '../../lib/backend';
import { CONVERSATION_NAME_CHARS_MAX, TOPIC_CHARS_MAX, charCount } from '../../lib/limits';
import { t } from '../../lib/words';

const onOneLine = (typed: string) => typed.trim().replace(/\s+/g, ' ');

export async function changeName(conversation: string, typed: string): Promise<Problem | null> {
  const name = onOneLine(typed);
  const max = CONVERSATION_NAME_CHARS_MAX;
  if (charCount(name) > max) return { code: 'invalid_name', message: t('create-name-long', { max }) };
  await call('edit_conversation', { conversation, name, topic: null });
  return null;
}

export async function changeTopic(conversation: string, typed: string): Promise<Problem | null> {
  const topic = onOneLine(typed);
  const max = TOPIC_CHARS_MAX;
  if (charCount(topic) > max) return { code: 'bad_request', message: t('create-about-long', { max }) };
  await call('edit_conversation', { conversation, name: null, topic });
  return null;
}
