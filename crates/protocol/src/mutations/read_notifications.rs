use super::{Lane, MutationKind};
use crate::ids::NotificationId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Says that I have read what I was told. What is read already, or was never told, stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadNotifications {
    /// At most `limits::NOTIFICATIONS_PER_CHANGE_MAX`.
    pub ids: BTreeSet<NotificationId>,
}

impl MutationKind for ReadNotifications {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
