//! A message as the page shows it.

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Message {
    pub id: String,
    pub mine: bool,
    /// `queued`, `sending`, `sent`, `delivered`, `read` or `failed`, for a message of one's own.
    pub state: Option<String>,
    pub text: String,
}

impl Message {
    /// Whether it is in this state; `sent` is also what has come further.
    pub fn is(&self, state: &str) -> bool {
        let mine = self.state.as_deref();
        mine == Some(state) || (state == "sent" && matches!(mine, Some("delivered" | "read")))
    }
}

/// Reads all that are in the timeline in one go, so that none is counted twice while the page changes.
pub const READ: &str = "return Array.from(document.querySelectorAll('[data-testid=\"message\"]'), (message) => ({
    id: message.dataset.id,
    mine: message.dataset.mine === 'true',
    state: message.dataset.state ?? null,
    text: message.querySelector('[data-testid=\"message-text\"]')?.textContent ?? '',
}));";
