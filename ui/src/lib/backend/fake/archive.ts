/** The fake's archive: it goes on as a test says. */
import type { Commands } from '../commands';
import type { ArchiveMade, ArchiveProgress, Problem } from '../types';
import type { Fake } from './fake';

type Names = 'make_archive' | 'cancel_archive';
type ArchiveHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> | Promise<ReturnType<Commands[K]>> };

const CANCELLED: Problem = { code: 'archive_cancelled', message: 'You have cancelled the archive. Nothing was kept of it.' };

/** An archive that is being made. */
export interface Making {
  isAt: (progress: ArchiveProgress) => void;
  /** `null`: its person chose no place. */
  ends: (made: ArchiveMade | null) => void;
  fails: (problem: Problem) => void;
}

export function archiveHandlers(fake: Fake): ArchiveHandlers {
  return {
    make_archive: () =>
      new Promise((resolve, reject) => {
        fake.making = { isAt: (progress) => fake.emit({ kind: 'archive', progress }), ends: resolve, fails: reject };
      }),
    cancel_archive: () => (fake.making?.fails(CANCELLED), null),
  };
}
