//! What messages are.

use hearth_protocol::body::Body;
use hearth_text::MessageKind;

/// `None` where nothing is left of it, and for what a newer version says.
pub(crate) fn kind_of(body: Option<&Body>) -> Option<MessageKind> {
    match body? {
        Body::Text { text, .. } => Some(MessageKind::of(text)),
        body => body.is_system().then_some(MessageKind::System),
    }
}
