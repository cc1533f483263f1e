//! A page that is watched: whether something ran in it or wanted to, and whether it keeps to its window.

use anyhow::{Result, ensure};
use hearth_e2e::Window;

/// Every text that could run calls `canary`; whatever the page's policy stops is told by an event.
const WATCH: &str = "window.ran = [];
window.stopped = [];
window.began = location.href;
window.scripts = document.scripts.length;
window.canary = (what) => window.ran.push(String(what));
document.addEventListener('securitypolicyviolation', (event) => window.stopped.push(`${event.effectiveDirective} ${event.blockedURI}`));";

/// From now on what runs, or is stopped from running, is written down.
pub async fn watch(window: &Window) -> Result<()> {
    window.run(WATCH).await
}

/// What nobody's text may become in the page.
const STRANGE: &str = "iframe, frame, object, embed, base, meta[http-equiv=refresh], link[href*=evil], img[src=x], \
    [onbegin], [onerror], [onload], [onfocus], [onclick], [srcdoc], a[href^=javascript], a[href^=data], a[href^=file]";

/// Nothing ran, nothing was stopped, and no text has become anything but text.
pub async fn nothing_ran(window: &Window, place: &str) -> Result<()> {
    let ran: Vec<String> = window.run("return window.ran;").await?;
    ensure!(ran.is_empty(), "{place}: {ran:?} ran");
    let stopped: Vec<String> = window.run("return window.stopped;").await?;
    ensure!(stopped.is_empty(), "{place}: the policy had to stop {stopped:?}");
    let strange = format!("return [...document.querySelectorAll('{STRANGE}')].map((one) => one.outerHTML.slice(0, 200));");
    let strange: Vec<String> = window.run(&strange).await?;
    ensure!(strange.is_empty(), "{place}: {strange:#?}");
    ensure!(window.run::<bool>("return document.scripts.length === window.scripts;").await?, "{place}: a text has become a script");
    ensure!(window.run::<bool>("return location.href === window.began;").await?, "{place}: the page went somewhere");
    Ok(())
}

/// Nothing is wider than the window or than what it scrolls in, and lines of lists are lines. What a box cuts off, a name or a line of
/// code, may be as long as it likes within.
const LOOK: &str = "const found = [];
const called = (one) => `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} ${one.dataset?.testid ?? ''}`;
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) found.push(`the page: ${root.scrollWidth} in ${root.clientWidth}`);
const own = (one) => {
    const { overflowX, textOverflow } = getComputedStyle(one);
    if (textOverflow === 'ellipsis' || ['PRE', 'TEXTAREA', 'INPUT'].includes(one.tagName)) return 'cuts';
    return ['auto', 'scroll'].includes(overflowX) ? 'scrolls' : 'shows';
};
const within = (one) => {
    for (let around = one.parentElement; around && around !== document.body; around = around.parentElement) {
        if (own(around) !== 'shows') return true;
    }
    return false;
};
for (const one of document.body.querySelectorAll('*')) {
    if (one.closest('.visually-hidden, svg') || !one.checkVisibility()) continue;
    const { left, right, width } = one.getBoundingClientRect();
    if ((width > innerWidth + 1 || left < -1 || right > innerWidth + 1) && !within(one)) found.push(`${called(one)}: ${left} to ${right}`);
    const holds = own(one) === 'scrolls' || one.matches('main, aside, nav, dialog, .app, [data-testid=timeline]');
    if (holds && one.scrollWidth > one.clientWidth + 1) found.push(`${called(one)}: ${one.scrollWidth} in ${one.clientWidth}`);
}
const HIGHEST = { 'conversation-row': 96, 'group-member': 120, 'search-hit': 200, 'create-person': 96, 'forward-place': 96 };
for (const [name, most] of Object.entries(HIGHEST)) {
    for (const one of document.querySelectorAll(`[data-testid=${name}]`)) {
        if (one.offsetHeight > most) found.push(`${called(one)} is ${one.offsetHeight} high`);
    }
}
return found;";

/// Nothing breaks out of the page or of its part of it.
pub async fn keeps_its_shape(window: &Window, place: &str) -> Result<()> {
    let found: Vec<String> = window.run(LOOK).await?;
    ensure!(found.is_empty(), "{place}: {found:#?}");
    Ok(())
}

/// Both.
pub async fn is_sound(window: &Window, place: &str) -> Result<()> {
    nothing_ran(window, place).await?;
    keeps_its_shape(window, place).await
}
