use super::{Pending, Shows};
use hearth_protocol::mutations::ScheduleMessage;

impl Pending for ScheduleMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Scheduled { body: self.body.clone(), reply_to: self.reply_to }
    }
}
