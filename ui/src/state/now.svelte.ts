/** The clock as the page needs it: `day` moves at midnight, so that "Today" does not stay for ever. */
export const now = $state({ day: Date.now() });

const LOOK_MS = 30_000;

setInterval(() => {
  const time = Date.now();
  if (new Date(time).toDateString() !== new Date(now.day).toDateString()) now.day = time;
}, LOOK_MS);
