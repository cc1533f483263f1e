//! What people, groups and conversations look like. A picture is fetched when it is first shown, and kept in the replica for as long as a
//! profile, a group or a conversation names it.

use super::{Client, server::needs_server};
use crate::view::Problem;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hearth_protocol::{
    ids::{ConversationId, GroupId, MediaId},
    limits,
    profile::PictureSize,
};

impl Client {
    /// A picture that a profile, a group or a conversation names, as a `data:` address of a JPEG; offline as well, once it was there.
    ///
    /// # Errors
    /// `offline` when it was never fetched; `not_found` when its person does not show it any more.
    pub async fn picture(&self, id: MediaId, size: PictureSize) -> Result<String, Problem> {
        let session = self.session()?;
        let bytes = match session.checked(session.replica.picture(id, size).await)? {
            Some(bytes) => bytes,
            None => {
                let bytes = self.server()?.picture(id, size).await.map_err(needs_server)?;
                session.checked(session.replica.keep_picture(id, size, &bytes).await)?;
                bytes
            }
        };
        Ok(format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes)))
    }

    /// Makes the middle of an image, in base64, my picture, for those who may see it. It does not wait in the outbox: whoever chooses a picture
    /// looks whether it is right, and the server may not take it.
    ///
    /// # Errors
    /// `offline`; `invalid_picture` for what the server cannot show; `too_large`.
    pub async fn set_picture(&self, image: &str) -> Result<(), Problem> {
        let image = decoded(image)?;
        self.server()?.set_picture(image).await.map_err(needs_server).map(|_| ())
    }

    /// From here on I have none.
    ///
    /// # Errors
    /// `offline`.
    pub async fn remove_picture(&self) -> Result<(), Problem> {
        self.server()?.remove_picture().await.map_err(needs_server)
    }

    /// The same for a group that I own or am an admin of, for everybody in it.
    ///
    /// # Errors
    /// As [`Client::set_picture`]; `not_allowed`.
    pub async fn set_group_picture(&self, group: GroupId, image: &str) -> Result<(), Problem> {
        let image = decoded(image)?;
        self.server()?.set_group_picture(group, image).await.map_err(needs_server).map(|_| ())
    }

    pub async fn remove_group_picture(&self, group: GroupId) -> Result<(), Problem> {
        self.server()?.remove_group_picture(group).await.map_err(needs_server)
    }

    /// The same for a conversation of several people that I own or am an admin of, or a channel of such a group, for everybody who sees it.
    ///
    /// # Errors
    /// As [`Client::set_group_picture`].
    pub async fn set_conversation_picture(&self, conversation: ConversationId, image: &str) -> Result<(), Problem> {
        let image = decoded(image)?;
        self.server()?.set_conversation_picture(conversation, image).await.map_err(needs_server).map(|_| ())
    }

    pub async fn remove_conversation_picture(&self, conversation: ConversationId) -> Result<(), Problem> {
        self.server()?.remove_conversation_picture(conversation).await.map_err(needs_server)
    }
}

/// The bytes of an image, if it is not larger than the server takes.
fn decoded(image: &str) -> Result<Vec<u8>, Problem> {
    let unreadable = |_| Problem::new("invalid_picture", "This picture is damaged. Choose another one.");
    let image = STANDARD.decode(image).map_err(unreadable)?;
    if image.len() > limits::PICTURE_BYTES_MAX {
        return Err(Problem::new("too_large", "The picture is larger than 1 MiB. Make it smaller, or choose another one."));
    }
    Ok(image)
}
