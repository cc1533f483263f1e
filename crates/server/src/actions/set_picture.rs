use super::{Command, Context, Refusal, set_status::change_account};
use crate::{
    app::App,
    clock,
    commit::{Request, View, change::Performed},
    jobs::media::{remove, with_folder},
    media::{ObjectKey, Part},
    pictures::{FILE_TYPE, Square},
    store::{
        media::{self, NewPicture},
        session::Session,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{MediaId, MutationId, UserId},
    profile::PictureTaken,
    rows::AccountRow,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Makes an image somebody's picture: the middle of it, made anew. The file and what is known of it are durable before anybody is told.
pub(crate) async fn set_picture(app: &App, session: Session, image: impl AsRef<[u8]> + Send + 'static) -> Result<PictureTaken, ApiError> {
    app.rates().picture(session.user)?;
    let square = app.pictures.square(image).await?;
    let picture = keep(app, session.user, square).await?;
    claim(app, session.user, Some(picture)).await?;
    Ok(PictureTaken { picture })
}

pub(crate) async fn remove_picture(app: &App, session: Session) -> Result<(), ApiError> {
    claim(app, session.user, None).await
}

async fn keep(app: &App, uploader: UserId, square: Square) -> Result<MediaId, ApiError> {
    let (id, key, Square { large, small, side }) = (MediaId::new(), ObjectKey::new()?, square);
    let sha256 = Sha256::digest(&large).into();
    let picture = NewPicture { id, uploader, key, file_type: FILE_TYPE, size: large.len(), side, sha256, uploaded_at: clock::now() };
    let key = picture.key.clone();
    let kept = with_folder(app, move |folder| folder.put(&key, &[(Part::Whole, &large), (Part::Small, &small)]));
    kept.await.map_err(|error| {
        tracing::error!(%error, "a picture could not be written");
        ApiError::new(ErrorCode::StorageFull, "The server could not keep the picture: its disk may be full. Tell its owner.")
    })?;
    let mut transaction = app.store().write().await?;
    media::insert(&mut transaction, &picture).await?;
    transaction.commit().await?;
    Ok(id)
}

/// From here on the profile names this picture, and the one before is nobody's.
async fn claim(app: &App, user: UserId, picture: Option<MediaId>) -> Result<(), ApiError> {
    let before = media::picture_of(&mut *app.store().snapshot().await?, user).await?;
    let command = Command::SetPicture(SetPicture { picture });
    let request = Request { id: MutationId::new(), actor: user, after: None, command, at: None };
    app.installation.committer.perform(user, request).await?;
    if let Some((id, key)) = before.filter(|(id, _)| Some(*id) != picture) {
        let mut transaction = app.store().write().await?;
        media::delete(&mut transaction, id).await?;
        transaction.commit().await?;
        remove(app, key).await;
    }
    Ok(())
}

/// An uploaded picture becomes an account's, or none is.
#[derive(Serialize)]
pub(crate) struct SetPicture {
    picture: Option<MediaId>,
}

pub(super) async fn perform_picture(view: &mut View<'_>, context: &Context, command: &SetPicture) -> Result<Performed, Refusal> {
    // It was under way while the account was deleted.
    if view.is_deleted(context.actor).await? {
        return Err(ApiError::account_deleted().into());
    }
    change_account(view, context, |account| AccountRow { picture: command.picture, ..account }).await
}
