use super::{Command, Context, Refusal, edit_group::change_group, set_status::change_account};
use crate::{
    app::App,
    authority::{Act, Object, authorize},
    clock,
    commit::{Request, View, change::Performed},
    jobs::media::{remove, with_folder},
    media::{ObjectKey, Part},
    pictures::{FILE_TYPE, Square},
    rates::Cost,
    store::{
        group_member,
        media::{self, NewPicture, Whose},
        session::Session,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{MediaId, MutationId, UserId},
    profile::PictureTaken,
    rows::{AccountRow, GroupRow},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Makes an image the picture of the person or of a group: the middle of it, made anew. The file and what is known of it are durable before
/// anybody is told.
pub(crate) async fn set_picture(
    app: &App,
    session: Session,
    whose: Whose,
    image: impl AsRef<[u8]> + Send + 'static,
) -> Result<PictureTaken, ApiError> {
    app.rates().picture(session.user)?;
    app.rates().spend(session.user, Cost::SetPicture)?;
    if let Whose::Group(group) = whose {
        // Asked once more when it is claimed: here, so that nobody else makes the server work, or learns of the group by it.
        let role = group_member::role(&mut *app.store().snapshot().await?, group, session.user).await?;
        authorize(session.user, Act::EditGroup, Object::Place { role })?;
    }
    let square = app.pictures.square(image).await?;
    let picture = keep(app, (session.user, whose), square).await?;
    claim(app, session.user, whose, Some(picture)).await?;
    Ok(PictureTaken { picture })
}

pub(crate) async fn remove_picture(app: &App, session: Session, whose: Whose) -> Result<(), ApiError> {
    claim(app, session.user, whose, None).await
}

async fn keep(app: &App, (uploader, whose): (UserId, Whose), square: Square) -> Result<MediaId, ApiError> {
    let (id, key, Square { large, small, side }) = (MediaId::new(), ObjectKey::new()?, square);
    let sha256 = Sha256::digest(&large).into();
    let picture = NewPicture { id, uploader, whose, key, file_type: FILE_TYPE, size: large.len(), side, sha256, uploaded_at: clock::now() };
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

/// From here on the profile or the group names this picture, and the one before is nobody's.
async fn claim(app: &App, user: UserId, whose: Whose, picture: Option<MediaId>) -> Result<(), ApiError> {
    let before = media::picture_of(&mut *app.store().snapshot().await?, whose).await?;
    let command = Command::SetPicture(SetPicture { whose, picture });
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

/// An uploaded picture becomes an account's or a group's, or there is none.
#[derive(Serialize)]
pub(crate) struct SetPicture {
    whose: Whose,
    picture: Option<MediaId>,
}

pub(super) async fn perform_picture(view: &mut View<'_>, context: &Context, command: &SetPicture) -> Result<Performed, Refusal> {
    // It was under way while the account was deleted.
    if view.is_deleted(context.actor).await? {
        return Err(ApiError::account_deleted().into());
    }
    let picture = command.picture;
    match command.whose {
        Whose::Person(_) => change_account(view, context, |account| AccountRow { picture, ..account }).await,
        Whose::Group(group) => change_group(view, context, group, |row| Ok(GroupRow { picture, ..row })).await,
    }
}
