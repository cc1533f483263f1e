/** The orders in which the list can stand, in words. */
import type { ListOrder } from '../../lib/backend';
import { t } from '../../lib/words';

export const orders = (): { value: ListOrder; label: string }[] => [
  { value: 'newest', label: t('list-order-newest') },
  { value: 'unread', label: t('list-order-unread') },
  { value: 'name', label: t('list-order-name') },
];
