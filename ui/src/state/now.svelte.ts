/** The clock as the page needs it: `day` moves at midnight, so that "Today" does not stay for ever; `time` is never much too early. */
export const now = $state({ day: Date.now(), time: Date.now() });

const LOOK_MS = 30_000;

setInterval(() => {
  const time = Date.now();
  now.time = time;
  if (new Date(time).toDateString() !== new Date(now.day).toDateString()) now.day = time;
}, LOOK_MS);
