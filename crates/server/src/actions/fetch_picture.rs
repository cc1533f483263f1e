use crate::{
    app::App,
    jobs::media::with_folder,
    media::Part,
    rates::Cost,
    store::{
        group_member,
        media::{self, Whose},
        membership, profile,
        session::Session,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::MediaId,
    profile::PictureSize,
    stream::StreamId,
};

/// Somebody's picture, for who may see it now, a group's, for who is in it, or a conversation's, for who sees it. One that was replaced is
/// not there, as is one that is hidden from this viewer.
pub(crate) async fn fetch_picture(app: &App, session: Session, id: MediaId, size: PictureSize) -> Result<Vec<u8>, ApiError> {
    app.rates().spend(session.user, Cost::FetchPicture)?;
    let mut snapshot = app.store().snapshot().await?;
    let (whose, key) = media::picture(&mut snapshot, id).await?.ok_or_else(ApiError::not_found)?;
    let sees = match whose {
        Whose::Person(user) => {
            let around = profile::one_around(&mut snapshot, session.user, user).await?;
            around.is_some_and(|(viewer, profile)| viewer.sees(profile.said.privacy.picture))
        }
        Whose::Group(group) => group_member::role(&mut snapshot, group, session.user).await?.is_some(),
        Whose::Conversation(id) => membership::sight(&mut snapshot, StreamId::Conversation(id), session.user).await?.is_some(),
    };
    if !sees {
        return Err(ApiError::not_found());
    }
    drop(snapshot);
    let part = match size {
        PictureSize::Small => Part::Small,
        PictureSize::Large => Part::Whole,
    };
    match with_folder(app, move |folder| folder.read(&key, part)).await {
        Ok(bytes) => bytes.ok_or_else(ApiError::not_found),
        Err(error) => {
            tracing::error!(%error, "a picture could not be read");
            Err(ApiError::new(ErrorCode::Unavailable, "The picture cannot be read at the moment. Try again later.").retry_after(60_000))
        }
    }
}
