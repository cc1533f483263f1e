//! All that a window shows of its conversations, to be compared with what another one shows.

use anyhow::Result;
use hearth_e2e::{Person, Window, until};
use serde::Deserialize;
use tokio::sync::Mutex;

/// A line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Line {
    id: String,
    pub text: String,
    /// What everybody sees of it: edited, pinned, forwarded, an answer, and each emoji with how many people chose it.
    marks: String,
    /// What one person alone sees of it.
    starred: bool,
}

/// What everybody sees of a line.
pub fn for_all(lines: &[Line]) -> Vec<(&str, &str, &str)> {
    lines.iter().map(|line| (line.id.as_str(), line.text.as_str(), line.marks.as_str())).collect()
}

pub fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

const READ: &str = "return [...document.querySelectorAll('[data-testid=message], [data-testid=happened]')].map((one) => {
    const has = (name) => one.querySelector(`[data-testid=${name}]`) !== null;
    const marks = ['message-edited', 'message-pinned', 'message-forwarded', 'quote'].filter(has);
    const reactions = [...one.querySelectorAll('[data-testid=reaction]')].map((put) => put.textContent.trim());
    const words = one.querySelector('[data-testid=message-text]')?.textContent ?? '';
    return {
        id: one.dataset.id,
        text: one.dataset.testid === 'happened' ? 'happened' : words,
        marks: [...marks, ...reactions].join(' '),
        starred: has('message-starred'),
    };
});";

/// The whole timeline of a conversation: what is longer than a page has no beginning in the page.
pub async fn conversation(person: &Person<'_>, name: &str) -> Result<Vec<Line>> {
    let window = person.window()?;
    person.opens(name).await?;
    // The timeline is the chosen line's, and what was there before is gone from it once it has come to rest.
    let open = "const row = document.querySelector('[data-testid=conversation-row][aria-current=true]');
        const pane = document.querySelector('[data-testid=timeline]');
        const whole = pane?.querySelector('[data-testid=timeline-top]') != null;
        return whole && row?.dataset.name === NAME && row.dataset.id === pane.dataset.conversation;";
    let open = open.replace("NAME", &serde_json::to_string(name)?);
    let last = Mutex::new(Vec::new());
    until(&format!("all of {name:?}"), || async {
        let there = window.run::<bool>(&open).await?;
        let now: Vec<Line> = window.run(READ).await?;
        let mut last = last.lock().await;
        let rests = *last == now;
        last.clone_from(&now);
        Ok((there && rests).then_some(now))
    })
    .await
}

/// Each line of the list: its name, how much in it is unread, and what stands beside it.
pub async fn list(window: &Window) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('[data-testid=conversation-row]')].map((row) => {
        const signs = ['row-mentions', 'row-muted', 'row-pinned'].filter((name) => row.querySelector(`[data-testid=${name}]`));
        return [row.dataset.name, row.dataset.unread, ...signs].join(' ');
    });";
    window.run(script).await
}
