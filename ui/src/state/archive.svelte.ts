/** How far the archive is that is being made; `null` before the first word of it. */
import type { ArchiveProgress } from '../lib/backend';

export const archive = $state({ progress: null as ArchiveProgress | null });
