//! The post: what goes out to people by mail, from a task of its own.
//!
//! Who asks for a code is answered before anybody has looked whether there is such an account: neither the answer nor its time can tell.

mod carrier;
mod letters;

pub(crate) use carrier::Carrier;
pub(crate) use letters::{Letter, Text};

use crate::{
    address::Login,
    app::App,
    codes,
    store::{account::language, login},
};
use carrier::Stayed;
use hearth_protocol::{
    code::CodePurpose,
    error::{ApiError, ErrorCode},
    ids::UserId,
};
use hearth_words::Spoken;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
};

/// Errands that wait; more would mean that the mail server is gone or that somebody floods us.
const WAITING_MAX: usize = 256;
/// Letters under way at the same time, those that wait for another try included.
const UNDER_WAY_MAX: usize = 64;
/// After so long a letter is tried again; after the last time it is given up.
const TRIES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(30)];

/// What is to be done for somebody.
pub(crate) enum Errand {
    /// Somebody who is not signed in wants a code.
    Code { login: Login, purpose: CodePurpose },
    /// Somebody wants to show that an address is theirs.
    Proof { user: UserId, username: String, purpose: CodePurpose, address: String },
    /// A letter without a code.
    Notice(Letter),
}

/// The way to the post; cheap to clone.
#[derive(Clone)]
pub(crate) struct Post(mpsc::Sender<Errand>);

impl Post {
    pub fn open() -> (Self, mpsc::Receiver<Errand>) {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        (Self(sender), receiver)
    }

    /// Leaves an errand. It is forgotten when the server stops: a code can be asked for again.
    ///
    /// # Errors
    /// `unavailable` when too many wait.
    pub fn leave(&self, errand: Errand) -> Result<(), ApiError> {
        self.0.try_send(errand).map_err(|_| {
            let message = "The server has too many letters to write at the moment. Try again in a minute.";
            ApiError::new(ErrorCode::Unavailable, message).retry_after(60_000)
        })
    }

    /// The same for what nobody waits for.
    pub fn tell(&self, letter: Letter) {
        if self.leave(Errand::Notice(letter)).is_err() {
            tracing::warn!("a notice was not written: too many letters wait");
        }
    }
}

/// Runs the errands until the server stops: codes are made one after the other, so that the newest is the one that counts, and letters go
/// out beside each other.
pub(crate) async fn deliver(app: Arc<App>, carrier: Carrier, mut errands: mpsc::Receiver<Errand>, mut stop: watch::Receiver<bool>) {
    let (carrier, places) = (Arc::new(carrier), Arc::new(Semaphore::new(UNDER_WAY_MAX)));
    let mut under_way = JoinSet::new();
    loop {
        let errand = tokio::select! {
            errand = errands.recv() => errand,
            _ = stop.wait_for(|stop| *stop) => None,
        };
        let Some(errand) = errand else { return };
        let (letter, spoken) = match write(&app, carrier.is_mail(), errand).await {
            Ok(Some(written)) => written,
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(%error, "a letter could not be written");
                continue;
            }
        };
        while under_way.try_join_next().is_some() {}
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let (carrier, server) = (carrier.clone(), app.settings().name.clone());
        under_way.spawn(async move {
            let _place = place;
            send(&carrier, &letter, spoken, &server).await;
        });
    }
}

/// Makes the letter of an errand, with the language of whom it is to: who asks may be somebody else. `None` when there is nobody to write to.
async fn write(app: &App, by_mail: bool, errand: Errand) -> Result<Option<(Letter, Spoken)>, ApiError> {
    let Some(letter) = letter_of(app, by_mail, errand).await? else { return Ok(None) };
    let spoken = language::of(&mut *app.store().snapshot().await?, letter.user).await?;
    Ok(Some((letter, spoken.unwrap_or_default())))
}

async fn letter_of(app: &App, by_mail: bool, errand: Errand) -> Result<Option<Letter>, ApiError> {
    match errand {
        Errand::Notice(letter) => Ok(by_mail.then_some(letter)),
        Errand::Proof { user, username, purpose, address } => {
            let code = codes::make(&app.installation, user, purpose, &address, app.limits.code_ms).await?;
            Ok(Some(Letter { user, to: address, username, text: Text::Code { purpose, code } }))
        }
        Errand::Code { login, purpose } => {
            let found = login::credentials(&mut *app.store().snapshot().await?, &login).await?;
            let Some((account, _)) = found else { return Ok(None) };
            // Only an address that was proved: a mistyped one is somebody else's. The owner who reads the console knows whom they tell.
            let proved = account.email.filter(|email| email.verified_at.is_some()).map(|email| email.address);
            let to = match proved {
                Some(address) => address,
                None if !by_mail => String::new(),
                None => return Ok(None),
            };
            if app.rates().letter(account.user).is_err() {
                tracing::info!("somebody has had many codes lately, and gets no more for now");
                return Ok(None);
            }
            let code = codes::make(&app.installation, account.user, purpose, "", app.limits.code_ms).await?;
            Ok(Some(Letter { user: account.user, to, username: account.username, text: Text::Code { purpose, code } }))
        }
    }
}

/// Sends a letter, and again when the mail server says that this may help.
async fn send(carrier: &Carrier, letter: &Letter, spoken: Spoken, server: &str) {
    // Not whose address it is: a log is read by others than those who may know.
    let domain = letter.to.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned();
    let mut waits = TRIES.iter();
    loop {
        let Err(Stayed { reason, for_good }) = carrier.carry(letter, spoken, server).await else { return };
        match waits.next().filter(|_| !for_good) {
            Some(wait) => {
                tracing::warn!(reason, domain, again_in = ?wait, "a letter could not be sent; it will be tried again");
                tokio::time::sleep(*wait).await;
            }
            None => {
                tracing::error!(
                    reason,
                    domain,
                    "a letter was not sent and is given up. Check the mail server and the settings that begin with --mail."
                );
                return;
            }
        }
    }
}
