use super::{
    Command, Context, Refusal, bad_request, edit_conversation::change_conversation, edit_group::change_group, set_status::change_account,
};
use crate::{
    app::App,
    authority::{Act, Object, authorize},
    clock,
    commit::{Request, View, change::Performed},
    jobs::media::{remove, with_folder},
    media::{ObjectKey, Part},
    pictures::{FILE_TYPE, Square},
    rates::Cost,
    sight::Home,
    store::{
        conversation, group_member,
        media::{self, NewPicture, Whose},
        member, membership,
        session::Session,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MediaId, MutationId, UserId},
    profile::PictureTaken,
    rows::{AccountRow, ConversationKind, ConversationRow, GroupRow},
    stream::StreamId,
    system::SystemEvent,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Why one of two people has none.
const OF_TWO: &str = "A direct conversation looks like the other person.";

/// Makes an image the picture of the person, of a group or of a conversation: the middle of it, made anew. The file and what is known of it
/// are durable before anybody is told.
pub(crate) async fn set_picture(
    app: &App,
    session: Session,
    whose: Whose,
    image: impl AsRef<[u8]> + Send + 'static,
) -> Result<PictureTaken, ApiError> {
    app.rates().picture(session.user)?;
    app.rates().spend(session.user, Cost::SetPicture)?;
    // Asked once more when it is claimed: here, so that nobody else makes the server work, or learns of the group or conversation by it.
    match whose {
        Whose::Person(_) => {}
        Whose::Group(group) => {
            let role = group_member::role(&mut *app.store().snapshot().await?, group, session.user).await?;
            authorize(session.user, Act::EditGroup, Object::Place { role })?;
        }
        Whose::Conversation(conversation) => may_edit(app, session.user, conversation).await?,
    }
    let square = app.pictures.square(image).await?;
    let picture = keep(app, (session.user, whose), square).await?;
    claim(app, session.user, whose, Some(picture)).await?;
    Ok(PictureTaken { picture })
}

pub(crate) async fn remove_picture(app: &App, session: Session, whose: Whose) -> Result<(), ApiError> {
    claim(app, session.user, whose, None).await
}

/// Whether somebody may say now what a conversation looks like; whoever does not see it is told of none.
async fn may_edit(app: &App, user: UserId, id: ConversationId) -> Result<(), ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let sees = membership::sight(&mut snapshot, StreamId::Conversation(id), user).await?.is_some();
    let nature = conversation::nature(&mut snapshot, id).await?.filter(|_| sees).ok_or_else(ApiError::not_found)?;
    if nature.kind == ConversationKind::Direct {
        return Err(bad_request(OF_TWO));
    }
    let role = match nature.home {
        Some(Home { group, .. }) => group_member::role(&mut snapshot, group, user).await?,
        None => member::role(&mut snapshot, id, user).await?,
    };
    authorize(user, Act::EditConversation, Object::Place { role })
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

/// From here on the profile, the group or the conversation names this picture, and the one before is nobody's.
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

/// An uploaded picture becomes an account's, a group's or a conversation's, or there is none.
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
        Whose::Conversation(conversation) => {
            let event = SystemEvent::PictureSet { removed: picture.is_none() };
            change_conversation(view, context, (conversation, OF_TWO), |row| Ok((ConversationRow { picture, ..row }, event))).await
        }
    }
}
