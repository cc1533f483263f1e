//! Single-use tickets for WebSockets: in memory, for half a minute.

use crate::{secret, short_lived::ShortLived, store::session::Session};
use hearth_protocol::{Millis, error::ApiError, limits};

/// By the hash of the ticket.
#[derive(Default)]
pub(crate) struct Tickets(ShortLived<[u8; 32], Session>);

impl Tickets {
    pub fn issue(&self, session: Session, now: Millis) -> Result<String, ApiError> {
        let ticket = secret::token()?;
        self.0.put(secret::hash(&ticket), session, now + limits::TICKET_MS, now)?;
        Ok(ticket)
    }

    /// Takes the ticket: it opens one socket, once, in time.
    pub fn redeem(&self, ticket: &str, now: Millis) -> Option<Session> {
        self.0.take(&secret::hash(ticket), now)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hearth_protocol::ids::{DeviceId, SessionId, UserId};

    #[test]
    fn a_ticket_opens_once_and_not_too_late() {
        let session = Session { id: SessionId::new(), user: UserId::new(), device: DeviceId::new() };
        let tickets = Tickets::default();
        let ticket = tickets.issue(session, 0).unwrap();
        assert_eq!(tickets.redeem("another", 1), None);
        assert_eq!(tickets.redeem(&ticket, 1), Some(session));
        assert_eq!(tickets.redeem(&ticket, 1), None);
        let ticket = tickets.issue(session, 0).unwrap();
        assert_eq!(tickets.redeem(&ticket, limits::TICKET_MS), None);
    }
}
