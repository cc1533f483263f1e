//! Single-use tickets for WebSockets: in memory, for half a minute.

use crate::{secret, store::session::Session};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    limits,
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Tickets waiting to be used: many more would mean that somebody only asks for them.
const TICKETS_MAX: usize = 50_000;

/// By the hash of the ticket.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<[u8; 32], (Session, Millis)>>);

impl Tickets {
    pub fn issue(&self, session: Session, now: Millis) -> Result<String, ApiError> {
        let ticket = secret::token()?;
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS_MAX {
            tickets.retain(|_, (_, until)| *until > now);
        }
        if tickets.len() >= TICKETS_MAX {
            return Err(
                ApiError::new(ErrorCode::RateLimited, "Too many connections are being opened. Try again in a moment.").retry_after(5_000)
            );
        }
        tickets.insert(secret::hash(&ticket), (session, now + limits::TICKET_MS));
        Ok(ticket)
    }

    /// Takes the ticket: it opens one socket, once, in time.
    pub fn redeem(&self, ticket: &str, now: Millis) -> Option<Session> {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (session, until) = tickets.remove(&secret::hash(ticket))?;
        (until > now).then_some(session)
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
